# Risk of tuberculosis by method of allocation
library(metafor)
dat <- data.frame(
  study = c("Aronson 1948", "Ferguson & Simes 1949", "Rosenthal et al 1960", "Hart & Sutherland 1977", "Frimodt-Moller et al 1973", "Stein & Aronson 1953", "Vandiviere et al 1973", "TPT Madras 1980", "Coetzee & Berjak 1968", "Rosenthal et al 1961", "Comstock et al 1974", "Comstock & Webster 1969", "Comstock et al 1976"),
  ai = c(4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27),
  n1i = c(123, 306, 231, 13598, 5069, 1541, 2545, 88391, 7499, 1716, 50634, 2498, 16913),
  ci = c(11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29),
  n2i = c(139, 303, 220, 12867, 5808, 1451, 629, 88391, 7277, 1665, 27338, 2341, 17854))
dat <- escalc(measure="RR", ai=ai, n1i=n1i, ci=ci, n2i=n2i, data=dat, slab=study)
res <- rma(yi, vi, data=dat, method="REML", test="knha", level=95, control=list(threshold=1e-12, maxiter=1000))
res
predict(res, transf=exp)
confint(res, control=list(tol=1e-10))
dat$subgroup <- c("random", "random", "random", "random", "alternate", "alternate", "random", "random", "random", "systematic", "systematic", "systematic", "systematic")
group1 <- rma(yi, vi, data=dat, subset=(subgroup == "random"), method="REML", test="knha", level=95, control=list(threshold=1e-12, maxiter=1000))
group1
group2 <- rma(yi, vi, data=dat, subset=(subgroup == "alternate"), method="REML", test="knha", level=95, control=list(threshold=1e-12, maxiter=1000))
group2
group3 <- rma(yi, vi, data=dat, subset=(subgroup == "systematic"), method="REML", test="knha", level=95, control=list(threshold=1e-12, maxiter=1000))
group3
# The test between subgroups takes standard errors that Knapp-Hartung has not scaled:
groups <- lapply(list(group1, group2, group3), function(g) update(g, test="z"))
rma(sapply(groups, coef), sei=sapply(groups, function(g) g$se), method="EE")
