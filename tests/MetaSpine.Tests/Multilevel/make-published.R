# Makes published.json: the data of two published analyses of dependent effects, and metafor's fits of them: Rscript make-published.R > published.json
suppressMessages({library(metafor); library(jsonlite)})
# Their likelihoods are flat: this optimiser comes to the top of all of them.
tight <- list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15)
numbers <- function(fit) list(beta = as.vector(fit$beta), se = fit$se, variances = if (isTRUE(fit$withG)) fit$tau2 else fit$sigma2, rho = if (isTRUE(fit$withG)) fit$rho else NULL,
  ll = as.vector(logLik(fit)), QE = fit$QE, F = if (fit$test == "t") fit$QM else NULL, p = if (fit$test == "t") fit$QMp else NULL)

# Ishak et al. (2007): differences after 3, 6, 12 months and later; the sampling errors of a study correlate by 0.97 for each step, the value of the paper.
wide <- dat.ishak2007
ishak <- do.call(rbind, lapply(seq_len(nrow(wide)), function(i) data.frame(study = i, time = 1:4, yi = unlist(wide[i, paste0("y", 1:4, "i")]), vi = unlist(wide[i, paste0("v", 1:4, "i")]))))
ishak <- ishak[!is.na(ishak$yi), ]
V <- with(ishak, outer(study, study, "==") * outer(sqrt(vi), sqrt(vi)) * .97^abs(outer(time, time, "-")))
over <- function(V, struct) numbers(rma.mv(yi, V, mods = ~ 0 + factor(time), random = ~ time | study, struct = struct, data = ishak, control = tight))
ishakFits <- list(
  independent = over(diag(ishak$vi), "DIAG"), intercepts = numbers(rma.mv(yi, vi, mods = ~ 0 + factor(time), random = ~ 1 | study, data = ishak, control = tight)),
  HAR = over(V, "HAR"), AR = over(V, "AR"), CS = over(V, "CS"), HCS = over(V, "HCS"), CAR = over(V, "CAR"))

# Assink and Wibbelink (2016): 100 effects of 17 studies.
assink <- dat.assink2016
levels3 <- function(mods = ~ 1, sigma2 = c(NA, NA)) rma.mv(yi, vi, mods = mods, random = ~ 1 | study/esid, sigma2 = sigma2, test = "t", data = assink, control = tight)
full <- levels3()
test <- function(sigma2) { a <- anova(full, levels3(sigma2 = sigma2)); list(LRT = a$LRT, p = a$pval) }
assinkFits <- list(
  overall = numbers(full), withoutStudies = test(c(0, NA)), withoutEffects = test(c(NA, 0)), pubstatus = numbers(levels3(~ pubstatus)), year = numbers(levels3(~ year)),
  deltype = numbers(levels3(~ deltype)), several = numbers(levels3(~ pubstatus + year + deltype)))
assinkData <- assink[c("study", "esid", "yi", "vi", "pubstatus", "year", "deltype")]
cat(toJSON(list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), metafor = as.character(packageVersion("metafor")), metadat = as.character(packageVersion("metadat"))),
  ishak2007 = list(data = as.list(ishak), fits = ishakFits), assink2016 = list(data = as.list(assinkData), fits = assinkFits)), digits = NA, auto_unbox = TRUE, null = "null"))
