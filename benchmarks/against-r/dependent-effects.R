# Times the same models of dependent effects by rma.mv of metafor and by MetaSpine in one run, and prints the ratio.
# From the root of the repository: Rscript benchmarks/against-r/dependent-effects.R [largest number of effects, 2000 unless given]
suppressMessages(library(metafor))
largest <- if (length(commandArgs(TRUE)) > 0) as.integer(commandArgs(TRUE)[1]) else 2000L
invisible(system2("dotnet", c("build", "-c", "Release", "-v", "q", "--nologo", "benchmarks/MetaSpine.Benchmarks"), stdout = FALSE))
cat(sprintf("%8s %14s %14s %14s %10s\n", "effects", "rma.mv, ms", "sparse, ms", "MetaSpine, ms", "ratio"))
for (k in c(200L, 400L, 1000L, 2000L, 5000L)) {
  if (k > largest) break
  set.seed(k)
  study <- rep(seq_len(k / 10), each = 10)
  vi <- runif(k, .02, .12)
  yi <- .2 + rnorm(k / 10, 0, .3)[study] + rnorm(k, 0, .2) + rnorm(k, 0, sqrt(vi))
  data <- data.frame(yi, vi, study, effect = seq_len(k))
  file <- tempfile(fileext = ".csv")
  write.csv(data[1:3], file, row.names = FALSE, quote = FALSE)
  timed <- function(sparse) system.time(rma.mv(yi, vi, random = ~ 1 | study/effect, data = data, sparse = sparse))[["elapsed"]] * 1000
  dense <- timed(FALSE)
  sparse <- timed(TRUE)
  ours <- as.numeric(system2("dotnet", c("run", "-c", "Release", "--no-build", "--project", "benchmarks/MetaSpine.Benchmarks", "--", "multilevel", file), stdout = TRUE))
  cat(sprintf("%8d %14.0f %14.0f %14.2f %10.0f\n", k, dense, sparse, ours, min(dense, sparse) / ours))
}
