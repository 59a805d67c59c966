# Makes clubsandwich-corrdat.json: robumeta's corrdat (39 studies, 172 effects) under the correlated and hierarchical effects model with rho = 0.8.
# Run with the folder of robumeta_corrdat.csv as the argument: Rscript make-clubsandwich-corrdat.R FOLDER > clubsandwich-corrdat.json
suppressMessages({library(metafor); library(clubSandwich); library(jsonlite)})
d <- read.csv(file.path(commandArgs(TRUE)[1], "robumeta_corrdat.csv"))
V <- impute_covariance_matrix(d$var, d$studyid, r = .8, smooth_vi = FALSE)
fit <- rma.mv(effectsize, V, mods = ~ males + college + binge, random = ~ 1 | studyid/esid, data = d, sparse = TRUE,
              control = list(rel.tol = 1e-12))
robust <- lapply(c(CR0 = "CR0", CR1 = "CR1", CR1p = "CR1p", CR1S = "CR1S", CR2 = "CR2", CR3 = "CR3"), function(type) {
  test <- coef_test(fit, vcov = type, cluster = d$studyid)
  list(se = test$SE, df = test$df_Satt, p = test$p_Satt)
})
htz <- Wald_test(fit, constraints = constrain_zero(2:4), vcov = "CR2", cluster = d$studyid, test = "HTZ")
cat(toJSON(list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), metafor = as.character(packageVersion("metafor")),
                clubSandwich = as.character(packageVersion("clubSandwich"))), studyid = d$studyid, esid = d$esid, yi = d$effectsize, vi = d$var,
                males = d$males, college = d$college, binge = d$binge, sigma2 = fit$sigma2, beta = as.vector(fit$beta), se = fit$se, robust = robust,
                htz = list(F = htz$Fstat, df = htz$df_denom, p = htz$p_val)), digits = NA, auto_unbox = TRUE))
