# Makes kenward-roger.json: lme4's fits by REML and pbkrtest's adjusted covariances, degrees of freedom and F tests: Rscript make-kenward-roger.R > kenward-roger.json
# The residual variance of lmer is the variance of true effects within studies plus the same known sampling variance for all.
suppressMessages({library(lme4); library(pbkrtest); library(jsonlite)})
set.seed(4)
sizes <- c(2, 3, 5, 2, 6, 4, 3, 7)
study <- rep(seq_along(sizes), sizes)
k <- length(study)
d <- data.frame(study = study, x = round(rnorm(k), 3), z = round(rep(rnorm(8), sizes), 3), group = rep(c("a", "b", "c", "b", "a", "c", "a", "b"), sizes))
d$y <- round(.4 + .3 * d$x + rep(rnorm(8, 0, .5), sizes) + rep(rnorm(8, 0, .4), sizes) * d$x + rnorm(k, 0, .4), 3)
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = .1, rhoend = 1e-9, maxfun = 1e6), check.conv.singular = "stop")
result <- function(formula, tested) {
  fit <- lmer(formula, d, control = tight)
  p <- length(fixef(fit))
  rows <- diag(p)[tested, , drop = FALSE]
  joint <- getKR(KRmodcomp(fit, rows))
  list(beta = unname(fixef(fit)), covariance = matrix(as.numeric(vcovAdj(fit)), p), df = sapply(seq_len(p), function(j) Lb_ddf(diag(p)[j, ], vcov(fit), vcovAdj(fit))),
    F = joint$FstatU * joint$F.scaling, scaling = joint$F.scaling, ddf = joint$ddf, p = joint$p.value, ll = as.numeric(logLik(fit)))
}
cat(toJSON(list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), lme4 = as.character(packageVersion("lme4")), pbkrtest = as.character(packageVersion("pbkrtest"))),
  data = as.list(d), intercepts = result(y ~ x + z + (1 | study), 2:3), groups = result(y ~ x + group + (1 | study), 3:4), slopes = result(y ~ x + z + (1 + x | study), 2:3)), digits = NA, auto_unbox = TRUE))
