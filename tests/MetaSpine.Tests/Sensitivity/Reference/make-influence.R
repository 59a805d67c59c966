# Prints the values that CaseDiagnosticsTests holds.
#     Rscript make-influence.R          (R 4.2, metafor 3.8.1)
suppressMessages(library(metafor))
tight <- list(threshold = 1e-12, maxiter = 1e5, tol = 1e-15)
dat <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
show <- function(...) cat("[", paste(format(unlist(list(...)), digits = 13, trim = TRUE), collapse = ", "), "]\n")
for (test in c("z", "knha")) {
  r <- rma(yi, vi, mods = ~ ablat, data = dat, test = test, control = tight)
  i <- influence(r); s <- rstandard(r); b <- blup(r); u <- ranef(r)
  for (k in c(1, 7, 8)) {
    cat(test, k, "influence "); show(as.data.frame(i$inf)[k, 1:8], as.data.frame(i$dfbs)[k, ], s$resid[k], s$se[k], s$z[k], residuals(r, type = "cholesky")[k])
    cat(test, k, "blup "); show(b$pred[k], b$se[k], b$pi.lb[k], b$pi.ub[k], u$pred[k], u$se[k], u$pi.lb[k], u$pi.ub[k])
  }
}
r <- rma(yi, vi, data = dat, weights = 1 / (1:13), control = tight)
i <- influence(r); s <- rstandard(r)
for (k in c(1, 7, 8)) { cat("weights", k, ""); show(as.data.frame(i$inf)[k, c(1:4, 7)], as.data.frame(i$dfbs)[k, ], s$resid[k], s$se[k]) }
