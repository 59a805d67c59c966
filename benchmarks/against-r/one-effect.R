# Pools the same studies by metafor and by MetaSpine in one run, and prints how much longer metafor takes and how far the results are apart.
# From the root of the repository: Rscript benchmarks/against-r/one-effect.R [most studies, 1000 unless given]
suppressMessages(library(metafor))
most <- if (length(commandArgs(TRUE)) > 0) as.integer(commandArgs(TRUE)[1]) else 1000L
invisible(system2("dotnet", c("build", "-c", "Release", "-v", "q", "--nologo", "benchmarks/MetaSpine.Benchmarks"), stdout = FALSE))

studies <- function(k) {
  set.seed(k)
  vi <- exp(runif(k, -4, -2))
  data.frame(analysis = 1L, yi = .3 + rnorm(k, 0, sqrt(vi + .1)), vi)
}

# Milliseconds of one call and the number it gives: the best of three rounds, each of so many calls as take a tenth of a second.
timed <- function(call) {
  value <- call()
  calls <- max(1, ceiling(.1 / max(1e-4, system.time(call())[["elapsed"]])))
  c(1000 / calls * min(replicate(3, system.time(for (i in seq_len(calls)) call())[["elapsed"]])), value)
}

ours <- function(work, method, data) {
  file <- tempfile(fileext = ".csv")
  write.csv(format(data, digits = 17), file, row.names = FALSE, quote = FALSE)
  as.numeric(strsplit(system2("dotnet", c("run", "-c", "Release", "--no-build", "--project", "benchmarks/MetaSpine.Benchmarks", "--", work, method, file), stdout = TRUE), "\t")[[1]])
}

row <- function(name, theirs, mine)
  cat(sprintf("%-44s %12.3f %12.5f %9.0f %10.1e\n", name, theirs[1], mine[1], theirs[1] / mine[1], abs(theirs[2] - mine[2])))

cat(sprintf("%-44s %12s %12s %9s %10s\n", "", "metafor, ms", "MetaSpine", "ratio", "difference"))
for (method in c("DL", "REML", "PM")) for (k in c(13L, 100L, 1000L, 2000L)) if (k <= most) {
  data <- studies(k)
  row(sprintf("%s of %d studies, its intervals, tau2", method, k), timed(function() {
    fit <- rma(yi, vi, data = data, method = method, test = "knha")
    invisible(confint(fit)); invisible(predict(fit))
    fit$tau2
  }), ours("pool", method, data))
}

many <- do.call(rbind, lapply(1:200, function(i) cbind(analysis = i, studies(10 + i %% 5)[, -1])))
for (method in c("DL", "REML"))
  row(sprintf("%s, 200 analyses, sum of the estimates", method), timed(function()
    sum(sapply(split(many, many$analysis), function(d) rma(yi, vi, data = d, method = method, test = "knha")$beta[1]))), ours("many", method, many))

for (method in c("EE", "DL", "REML")) {
  data <- studies(12)
  fit <- rma(yi, vi, data = data, method = method)
  row(sprintf("%s, all subsets of 12 studies, mean", method), timed(function() mean(gosh(fit, progbar = FALSE)$res$estimate)), ours("subsets", method, data))
}
