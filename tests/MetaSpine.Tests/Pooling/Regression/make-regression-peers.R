# Writes regression-peers.json: design matrices, predictions, tests and diagnostics of meta-regressions, by R with metafor, splines, Hmisc.
suppressMessages({library(metafor); library(splines); library(Hmisc); library(jsonlite)})
d <- escalc(measure="RR", ai=tpos, bi=tneg, ci=cpos, di=cneg, data=dat.bcg)
d$region <- ifelse(d$ablat > 40, "north", ifelse(d$ablat > 30, "middle", "south"))
# Harrell's columns by Hmisc, named as rms names them.
rcs <- function(x, k) {
  b <- if (length(k) == 1) rcspline.eval(x, nk=k, inclx=TRUE, norm=2) else rcspline.eval(x, knots=k, inclx=TRUE, norm=2)
  b <- matrix(c(b), nrow=length(x)); n <- deparse(substitute(x))
  colnames(b) <- paste0(n, strrep("'", 0:(ncol(b)-1))); b
}
formulas <- c("~ ablat", "~ alloc", "~ 0 + alloc", "~ alloc - 1", "~ 0 + ablat + alloc + region", "~ alloc * region", "~ alloc:region", "~ ablat:alloc",
  "~ alloc + ablat:alloc", "~ ablat * factor(alloc)", "~ (ablat + year + alloc)^2", "~ ablat * year * alloc - ablat:year:alloc", "~ 0 + alloc:region",
  "~ I(ablat^2) + I((year - 1948)/10)", "~ log(ablat) + sqrt(year)", "~ I(pmin(ablat, 30) + exp(-ablat/10))", "~ poly(ablat, 2)", "~ poly(ablat, 3)",
  "~ poly(ablat, 2, raw = TRUE)", "~ poly(ablat, 1)", "~ ns(ablat, 1)", "~ ns(ablat, 2)", "~ ns(ablat, df = 3)", "~ ns(ablat, knots = c(20, 40))", "~ ns(log(ablat), 3)",
  "~ rcs(ablat, 3)", "~ rcs(year, 3)", "~ rcs(ablat, c(15, 30, 45))", "~ rcs(ablat, c(15, 25, 35, 45, 50))", "~ relevel(factor(alloc), \"random\")",
  "~ relevel(factor(alloc), ref = \"systematic\") + year", "~ factor(ablat)", "~ year:ablat + alloc", "~ ns(ablat, 2) * alloc", "~ 1")
designs <- lapply(formulas, function(f) { X <- model.matrix(as.formula(f), data=d); list(formula=f, columns=I(colnames(X)), X=unname(X)) })
num <- function(x) as.numeric(x)
ctl <- list(threshold=1e-13, maxiter=1000)
fit <- function(f, test="knha", method="REML") rma(yi, vi, mods=as.formula(f), data=d, method=method, test=test, control=ctl)
pred <- function(f, newmods, test="knha", method="REML") {
  m <- fit(f, test, method); p <- predict(m, newmods=unname(newmods))
  list(formula=f, test=test, method=method, estimate=num(p$pred), se=num(p$se), ci_lb=num(p$ci.lb), ci_ub=num(p$ci.ub), pi_lb=num(p$pi.lb), pi_ub=num(p$pi.ub))
}
curve <- fit("~ ns(ablat, 3)")
at <- c(5, 13, 33.46, 50, 60)
predictions <- list(
  c(pred("~ ablat", rbind(10, 33.46, 50)), list(at=list(list(ablat=10), list(ablat=33.46), list(ablat=50)))),
  c(pred("~ ablat + alloc", rbind(c(10,0,0), c(33.46,1,0), c(50,0,1)), "z", "DL"),
    list(at=list(list(ablat=10, alloc="alternate"), list(ablat=33.46, alloc="random"), list(ablat=50, alloc="systematic")))),
  c(pred("~ ns(ablat, 3)", unclass(predict(ns(d$ablat, 3), at))[, 1:3]), list(at=lapply(at, function(x) list(ablat=x)))),
  c(pred("~ poly(ablat, 2)", unclass(predict(poly(d$ablat, 2), at))[, 1:2]), list(at=lapply(at, function(x) list(ablat=x)))))
full <- fit("~ ablat + year + alloc"); zfull <- fit("~ ablat + year + alloc", "z")
X <- rbind(c(0,0,0,1,0), c(0,0,0,0,1), c(0,0,0,-1,1))
con <- function(m) { a <- anova(m, X=X); list(estimate=num(a$Xb), se=num(a$se), stat=num(a$zval), p=num(a$pval)) }
joint <- function(m, btt) { a <- anova(m, btt=btt); list(stat=a$QM, p=a$QMp) }
a2 <- anova(fit("~ ablat + year + alloc", "z", "ML"), fit("~ ablat", "z", "ML"))
v1 <- vif(full); vt <- vif(full, btt=list(2, 3, 4:5))
# Marginal means: rows of the reference grid averaged by hand.
lev <- levels(factor(d$alloc)); reg <- c("middle","north","south")
two <- fit("~ alloc + region + year")
grid <- function(a, r) c(1, a=="random", a=="systematic", r=="north", r=="south", mean(d$year))
means <- function(w) { L <- t(sapply(lev, function(a) colSums(w * t(sapply(reg, function(r) grid(a, r)))))); p <- predict(two, newmods=unname(L[, -1])); list(levels=lev, estimate=num(p$pred), se=num(p$se)) }
marginal <- list(equal=means(rep(1/3, 3)), proportional=means(as.numeric(table(d$region)[reg])/nrow(d)))
# All subsets under ML, by AICc.
subsets <- list(); terms <- c("ablat", "year", "alloc")
for (i in 0:7) { s <- terms[bitwAnd(i, c(1, 2, 4)) > 0]; f <- if (length(s)) paste("~", paste(s, collapse=" + ")) else "~ 1"
  m <- fit(f, "z", "ML"); subsets[[i+1]] <- list(terms=I(s), aicc=fitstats(m)["AICc:", 1], ll=num(logLik(m)), names=I(rownames(m$beta)), b=num(m$beta), se=num(m$se)) }
# Location-scale models with metafor's own optimiser, which stops 1e-5 short of the maximum.
scales <- list()
b <- dat.bangertdrowns2004; b$ni100 <- b$ni/100
for (f in c("~ 1", "~ ni100")) for (m in c("REML", "ML")) for (l in c("log", "identity")) {
  r <- suppressWarnings(rma(yi, vi, mods=as.formula(f), scale=~ ni100, data=b, method=m, link=l))
  scales[[length(scales)+1]] <- list(mods=f, method=m, link=l, alpha=num(r$alpha), se_alpha=num(r$se.alpha), beta=num(r$beta), se=num(r$se), ll=num(logLik(r)), QS=num(r$QS), QSp=num(r$QSp), aicc=fitstats(r)["AICc:", 1])
}
bang <- list(yi=num(b$yi), vi=num(b$vi), ni100=num(b$ni100))
knots <- lapply(3:7, function(k) list(count=k, many=rcspline.eval((1:120)^1.3, nk=k, knots.only=TRUE), few=rcspline.eval((1:30)^1.3, nk=k, knots.only=TRUE)))
out <- list(made=paste(R.version.string, "metafor", packageVersion("metafor")), yi=num(d$yi), vi=num(d$vi),
  ablat=d$ablat, year=d$year, alloc=d$alloc, region=d$region, designs=designs, predictions=predictions,
  contrasts=list(knha=con(full), z=con(zfull)), tests=list(alloc=joint(full, 4:5), alloc_z=joint(zfull, 4:5), two=joint(full, 2:3)),
  adjusted=lapply(c(bonferroni="bonferroni", holm="holm", bh="BH"), function(m) p.adjust(con(full)$p, m)),
  lrt=list(stat=a2$LRT, p=a2$pval, df=a2$parms.f - a2$parms.r, r2=a2$R2),
  vif=list(single=num(sapply(v1$vif, function(x) if (is.list(x)) x$vif else x)), term=num(sapply(vt$vif, function(x) if (is.list(x)) x$vif else x))),
  marginal=marginal, knots=knots, bangertdrowns=bang, scales=scales, subsets=subsets)
write(toJSON(out, digits=NA, auto_unbox=TRUE, matrix="rowmajor"), "regression-peers.json")
