# Writes lme4.json: the mixed models of the files of Reference/glmm again, by metafor and lme4 with tight convergence.
#
#     Rscript make-lme4.R > lme4.json        (R 4.2, metafor 3.8.1, lme4 1.1-31; about a minute)
#
# With lme4's defaults, by which the reference files were made, Laplace fits stop early, in the third digit. And metafor's
# log-likelihood of a mixed model leaves out the penalty of the random effects (it takes deviance(), which is conditional on them), so
# the marginal one is taken from lme4 itself; with more than one point lme4 leaves out the saturated model's part, which is added.
suppressMessages({library(metafor); library(lme4); library(jsonlite)})
tight <- function(tolerance) list(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5), tolPwrss = tolerance)
out <- list()
for (file in sort(list.files("../../../Reference/glmm", full.names = TRUE))) {
   j <- fromJSON(file, simplifyVector = FALSE)
   d <- lapply(j$data, unlist)
   saturated <- switch(j$measure,
      OR = { n1 <- if (is.null(d$n1i)) d$ai + d$bi else d$n1i; n2 <- if (is.null(d$n2i)) d$ci + d$di else d$n2i
             list(UM = sum(dbinom(d$ai, n1, d$ai / n1, TRUE)) + sum(dbinom(d$ci, n2, d$ci / n2, TRUE)),
                  CM = sum(dbinom(d$ai, d$ai + d$ci, d$ai / (d$ai + d$ci), TRUE))) },
      IRR = list(UM = sum(dpois(d$x1i, d$x1i, TRUE)) + sum(dpois(d$x2i, d$x2i, TRUE)),
                 CM = sum(dbinom(d$x1i, d$x1i + d$x2i, d$x1i / (d$x1i + d$x2i), TRUE))),
      PLO = list(UM = sum(dbinom(d$xi, d$ni, d$xi / d$ni, TRUE))),
      IRLN = list(UM = sum(dpois(d$xi, d$xi, TRUE))))
   for (f in j$fits) {
      rs <- identical(f$model, "UM.RS")
      if (f$method == "EE" && !rs) next
      points <- if (f$method == "EE" || is.null(f$nAGQ)) 7 else f$nAGQ
      # lme4 does not reach the tightest tolerance with every data set.
      for (tolerance in c(1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8)) {
         args <- c(list(retfit = TRUE, measure = j$measure, method = f$method, nAGQ = points, control = list(glmerCtrl = tight(tolerance))), d)
         if (!is.null(f$model)) args$model <- f$model
         r <- try(suppressWarnings(do.call(rma.glmm, args)), silent = TRUE)
         if (!inherits(r, "try-error")) break
      }
      fit <- if (f$method == "EE") r$res.FE else r$res.ML
      part <- if (!is.null(f$model) && startsWith(f$model, "CM")) saturated$CM else saturated$UM
      out[[length(out) + 1]] <- list(id = unbox(j$id), method = unbox(f$method), model = unbox(if (is.null(f$model)) "" else f$model),
         points = unbox(points), tolerance = unbox(tolerance), beta = unbox(c(r$beta)), se = unbox(r$se), tau2 = unbox(r$tau2), sigma2 = unbox(if (rs) r$sigma2 else NA),
         QE_Wld = unbox(r$QE.Wld), QE_LRT = unbox(r$QE.LRT), I2 = unbox(r$I2), H2 = unbox(r$H2),
         ll = unbox(c(logLik(fit)) + if (points > 1) part else 0))
   }
}
cat(toJSON(out, digits = 15, na = "null", pretty = TRUE), "\n")
