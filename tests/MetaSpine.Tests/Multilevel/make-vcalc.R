# Makes vcalc.json: matrices V of metafor's vcalc and rcalc, aggregates of its aggregate.escalc, and nearest correlation matrices of Matrix's nearPD, for data composed here.
# Rscript make-vcalc.R > vcalc.json
suppressMessages({library(metafor); library(Matrix); library(jsonlite)})
suppressWarnings(RNGversion("3.6.0"))
set.seed(7)

# Five studies of several effects; groups are letters within a study, sizes those of the groups.
d <- data.frame(study = rep(1:5, c(4, 3, 6, 1, 4)))
k <- nrow(d)
d$yi <- round(rnorm(k, .3, .4), 3)
d$vi <- round(runif(k, .02, .4), 4)
d$subgroup <- sample(c("men", "women"), k, TRUE)
d$scale <- unlist(lapply(split(d$study, d$study), function(s) rep(c("BDI", "HDRS", "PHQ"), length.out = length(s))))
d$outcome <- sample(c("mood", "sleep"), k, TRUE)
d$week <- unlist(lapply(split(d$study, d$study), function(s) cumsum(sample(1:4, length(s), TRUE)) / 2))
d$base <- round(d$week - sample(c(.5, 1, 1.5), k, TRUE), 1)
pairs <- list(c("A", "C"), c("B", "C"), c("A", "B"), c("D", "C"), c("C", "E"), c("B", "E"))
d$first <- unlist(lapply(split(d$study, d$study), function(s) sapply(pairs[seq_along(s)], `[`, 1)))
d$second <- unlist(lapply(split(d$study, d$study), function(s) sapply(pairs[seq_along(s)], `[`, 2)))
size <- c(A = 20, B = 35, C = 52, D = 18, E = 40)
d$n1 <- unname(size[d$first]); d$n2 <- unname(size[d$second])
same <- rep(c("A", "B"), length.out = k)
d$within <- same

scales <- matrix(c(1, .7, .6, .7, 1, .55, .6, .55, 1), 3, dimnames = rep(list(c("BDI", "HDRS", "PHQ")), 2))
outcomes <- matrix(c(1, .35, .35, 1), 2, dimnames = rep(list(c("mood", "sleep")), 2))
call <- function(f, fixed, more) eval(as.call(c(as.name(f), fixed, as.list(more)[-1])), globalenv())
v <- function(...) unname(suppressWarnings(call("vcalc", list(quote(vi), cluster = quote(study), data = quote(d)), substitute(list(...)))))
vcalc_cases <- list(
  observation = v(obs = scale, rho = .6),
  type = v(type = outcome, rho = .4),
  subgroup = v(subgroup = subgroup, type = outcome, rho = .4),
  both = v(obs = scale, type = outcome, rho = c(.7, .5)),
  matrices = v(obs = scale, type = outcome, rho = list(scales, outcomes)),
  observationMatrix = v(obs = scale, rho = scales),
  time = v(time1 = week, phi = .8),
  timeAndObservation = v(obs = scale, time1 = week, rho = .6, phi = .8),
  groups = v(grp1 = first, grp2 = second),
  sizes = v(grp1 = first, grp2 = second, w1 = n1, w2 = n2),
  sizesAndObservation = v(grp1 = first, grp2 = second, w1 = n1, w2 = n2, obs = scale, rho = .6),
  groupsAndTime = v(grp1 = first, grp2 = second, w1 = n1, w2 = n2, time1 = week, phi = .9),
  times = v(grp1 = first, grp2 = second, w1 = n1, w2 = n2, time1 = week, time2 = base, phi = .85),
  withinGroups = v(grp1 = within, grp2 = within, time1 = week, time2 = base, phi = .85, type = outcome, rho = .5))

# Reported correlations: the lower triangle of each study.
most <- max(table(d$study))
R <- matrix(NA, k, most)
for (s in unique(d$study)) {
  rows <- which(d$study == s)
  C <- round(cov2cor(crossprod(matrix(rnorm(20 * length(rows)), 20))), 3)
  for (i in seq_along(rows)) R[rows[i], 1:i] <- C[i, 1:i]
}
r <- as.data.frame(R); names(r) <- paste0("r", 1:most)
reported <- unname(vcalc(vi, cluster = study, rvars = c(r1:r6), data = cbind(d, r)))

# Correlations of four variables in three studies; the third lacks the last variable.
p <- do.call(rbind, lapply(1:3, function(s) {
  C <- round(cov2cor(crossprod(matrix(rnorm(60), 15))), 2)
  w <- which(lower.tri(C), arr.ind = TRUE)
  data.frame(study = s, first = c("w", "x", "y", "z")[w[, 2]], second = c("w", "x", "y", "z")[w[, 1]], ri = C[w], ni = sample(40:90, nrow(w)))
}))
p <- p[!(p$study == 3 & p$second == "z"), ]
rcalc_case <- function(...) { a <- rcalc(ri ~ first + second | study, ni = ni, data = p, ...); list(V = unname(a$V), n = a$dat$ni) }

# Aggregates; one effect is missing.
e <- d; e$yi[6] <- NA; e <- escalc(yi = yi, vi = vi, data = e)
g <- function(...) { a <- call("aggregate", list(quote(e), cluster = quote(study)), substitute(list(...))); list(yi = as.vector(a$yi), vi = a$vi) }
V <- vcalc(vi, cluster = study, obs = scale, type = outcome, rho = c(.7, .5), time1 = week, phi = .9, data = d)
aggregates <- list(ID = g(struct = "ID"), CS = g(rho = .6), CSunweighted = g(rho = .6, weighted = FALSE), CAR = g(struct = "CAR", time = week, phi = .8),
  CSPlusCAR = g(struct = "CS+CAR", time = week, rho = .4, phi = .8), CSTimesCAR = g(struct = "CS*CAR", time = week, obs = scale, rho = .6, phi = .8),
  V = g(V = V), Vunweighted = g(V = V, weighted = FALSE))

# Correlation matrices that there cannot be.
near <- function(A) list(given = A, nearest = unname(as.matrix(nearPD(A, corr = TRUE, do2eigen = FALSE, conv.tol = 1e-13, maxit = 1e5)$mat)))
random <- matrix(runif(25, -1, 1), 5); random <- round((random + t(random)) / 2, 2); diag(random) <- 1
nearest <- list(near(matrix(c(1, .9, -.9, .9, 1, .9, -.9, .9, 1), 3)), near(matrix(c(1, 1, 0, 1, 1, 1, 0, 1, 1), 3)), near(random))

cat(toJSON(list(
  versions = list(R = paste(R.version$major, R.version$minor, sep = "."), metafor = as.character(packageVersion("metafor")), Matrix = as.character(packageVersion("Matrix"))),
  data = as.list(d), scales = scales, outcomes = outcomes, vcalc = vcalc_cases, rows = R, reported = reported, correlations = as.list(p),
  rcalc = list(raw = rcalc_case(), z = rcalc_case(rtoz = TRUE), harmonic = rcalc_case(nfun = "harmonic"), mean = rcalc_case(rtoz = TRUE, nfun = "mean")),
  V = unname(V), aggregates = aggregates, nearest = nearest), digits = NA, na = "null", auto_unbox = TRUE))
