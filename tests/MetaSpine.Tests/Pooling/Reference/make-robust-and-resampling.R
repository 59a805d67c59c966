# Prints the values that ClusterRobustTests and PermutationTests hold, and writes schools.csv.
#     Rscript make-robust-and-resampling.R          (R 4.2, metafor 3.8.1, clubSandwich 0.5.8, metadat 1.2.0)
# The schools are those of Konstantopoulos (2011), doi:10.1002/jrsm.35; the covariances come from z-tests, because metafor's robust()
# scales them wrongly after Knapp-Hartung.
suppressMessages({library(metafor); library(clubSandwich)})
options(digits = 15)
tight <- list(threshold = 1e-12, maxiter = 1e5, tol = 1e-15)
show <- function(name, ...) cat(name, format(unlist(list(...)), digits = 15), "\n")

d <- dat.konstantopoulos2011
d$decade <- (d$year - 1980) / 10
d$late <- as.numeric(d$school %% 2 == 0)
write.csv(data.frame(district = d$district, yi = d$yi, vi = d$vi, decade = d$decade, late = d$late), "schools.csv", row.names = FALSE, quote = FALSE)
for (mods in list(~ 1, ~ decade + late)) {
  fit <- rma(yi, vi, mods = mods, data = d, method = "REML", control = tight)
  show("tau2", fit$tau2)
  for (type in c("CR0", "CR1", "CR1S", "CR2")) {
    v <- vcovCR(fit, cluster = d$district, type = type)
    show(paste(type, "covariance"), as.matrix(v))
    if (type == "CR2") {
      t <- coef_test(fit, vcov = v, test = "Satterthwaite")
      show("CR2 df", t$df_Satt); show("CR2 p", t$p_Satt)
      if (fit$p > 1) {
        w <- Wald_test(fit, constraints = constrain_zero(2:3), vcov = v, test = "HTZ"); show("HTZ F df p", w$Fstat, w$df_denom, w$p_val)
        w <- Wald_test(fit, constraints = constrain_zero(1:3), vcov = v, test = "HTZ"); show("HTZ all", w$Fstat, w$df_denom, w$p_val)
      }
    }
  }
  for (adjust in list(FALSE, TRUE, "Stata1", "Stata2")) {
    r <- robust(fit, cluster = d$district, adjust = adjust)
    show(paste("robust", adjust), r$se, r$pval, r$QM, r$QMp, r$dfs)
  }
}

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
normand <- escalc(measure = "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999)
for (test in c("z", "knha")) for (p2 in c("abs", "px2")) {
  p <- permutest(rma(yi, vi, data = normand, test = test, control = tight), exact = TRUE, progbar = FALSE, control = list(p2defn = p2)); show(paste("signs normand", test, p2), p$pval)
  sub <- bcg[1:7, ]
  p <- permutest(rma(yi, vi, mods = ~ ablat, data = sub, test = test, control = tight), exact = TRUE, progbar = FALSE, control = list(p2defn = p2)); show(paste("rows bcg", test, p2), p$pval, p$QMp)
  sub$a <- c(0, 0, 0, 1, 1, 0, 1)
  p <- permutest(rma(yi, vi, mods = ~ a, data = sub, test = test, control = tight), exact = TRUE, progbar = FALSE, control = list(p2defn = p2)); show(paste("two groups bcg", test, p2), p$pval, p$QMp)
}
show("bcg yi", bcg$yi); show("bcg vi", bcg$vi); show("ablat", bcg$ablat); show("normand", normand$yi, normand$vi)
