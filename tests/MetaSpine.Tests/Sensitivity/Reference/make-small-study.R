# Numbers of SmallStudyTestsTests.cs that the reference files do not hold. R 4.2.2, metafor 3.8.1.
# Rscript make-small-study.R, from a folder with meta_Olkin1995.csv and meta_Fleiss1993bin.csv (data sets Olkin1995 and Fleiss1993bin of the R package meta).
suppressMessages(library(metafor))
options(digits = 15)
# The default criterion stops REML at a change of tau^2 of 1e-5, which shows in the third digit of a test.
tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-15)
read <- function(file) setNames(read.csv(file)[, 3:6], c("a", "n1", "c", "n2"))
line <- function(y, x, w) {
  fit <- summary(lm(y ~ x, weights = w))$coef
  cat(fit[2, 1], fit[2, 2], fit[2, 3], fit[2, 4], "limit", fit[1, 1], "\n")
}
for (file in c("meta_Olkin1995.csv", "meta_Fleiss1993bin.csv")) {
  d <- read(file)
  d[] <- lapply(d, as.numeric)
  e <- escalc("OR", ai = a, n1i = n1, ci = c, n2i = n2, data = d)
  events <- d$a + d$c
  n <- d$n1 + d$n2
  cat(file, "\nDEBRAY ")
  line(e$yi, 1 / pmax(1, events), 1 / e$vi)
  cat("MACASKILL-P ")
  line(e$yi, n, events * (1 - events / n))
  r <- rma(yi, vi, data = e, control = tight)
  for (predictor in c("sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv")) {
    for (model in c("rma", "lm")) {
      t <- regtest(r, model = model, predictor = predictor, ni = n, control = tight)
      cat(predictor, model, t$zval, t$pval, if (is.null(t$est)) "" else t$est, "\n")
    }
    if (predictor == "sei") {
      fit <- rma(yi, vi, mods = ~ sqrt(vi), data = e, test = "t", control = tight)
      cat("THOMPSON", fit$beta[2], fit$se[2], fit$zval[2], fit$pval[2], "\n")
    }
  }
}
