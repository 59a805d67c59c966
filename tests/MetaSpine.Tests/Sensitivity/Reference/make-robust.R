# Prints the values that OutlierRobustTests holds: profiles of the two-normal mixture by optim from 48 starts, of the normal model by optimize,
# and the likelihood of the t model by integrate.
#     Rscript make-robust.R          (R 4.2)
y1 <- c(.26, .01, 2.22, .58, .34, .33, .14, .15, .5, .13)
e1 <- c(.382653060878912, .209183672881035, .410714285118012, .369897958902182, .369897958902182, .285714285607143, .239795917396439, .0969387744919441, .270408163708125, .21173469484239)
y2 <- c(-.8303483, -1.056053, -1.27834, -.0434851, .2231435, -2.40752, -1.280934, -1.191703, -.695748, -2.208274, -2.03816, -.8501509, -.7932307, -.2993399, -1.570789, .0575873)
e2 <- c(1.24701799987009, .41407060026039, .808139200261935, 1.42950999996502, .489168400451215, 1.07220799987689, 1.1937340001022, 1.66129199992054, .536177600240816,
        1.10964800004326, .780726300312728, .618448600127771, .625866199758383, .146572899950844, .574039500383031, .0316420922190679)
half <- qchisq(.95, 1) / 2
mixture <- function(mu, th, y, e) {
  p <- plogis(th[3])
  sum(log((1 - p) * dnorm(y, mu, sqrt(e^2 + th[1]^2)) + p * dnorm(y, mu, sqrt(e^2 + th[1]^2 + th[2]^2))))
}
profile <- function(mu, y, e) {
  best <- -Inf
  for (a in c(.01, .3, .8)) for (b in c(.3, 1, 2, 4)) for (q in c(-4, -2, 0, 2)) {
    o <- try(optim(c(a, b, q), function(th) -mixture(mu, th, y, e), control = list(maxit = 5000, reltol = 1e-15)), silent = TRUE)
    if (!inherits(o, "try-error")) best <- max(best, -o$value)
  }
  best
}
normal <- function(mu) optimize(function(t) sum(dnorm(y2, mu, sqrt(e2^2 + t^2), log = TRUE)), c(0, 3), maximum = TRUE, tol = 1e-12)$objective
root <- function(f, lower, upper) format(uniroot(f, c(lower, upper), tol = 1e-9)$root, digits = 12)
best1 <- -3.00714520316379; best2 <- -19.6845919001629
cat("mixture, CDP-choline:", root(function(m) best1 - profile(m, y1, e1) - half, .04, .08), root(function(m) best1 - profile(m, y1, e1) - half, .3, .4), "\n")
cat("mixture, magnesium:", root(function(m) best2 - profile(m, y2, e2) - half, -1.3, -1.2), root(function(m) best2 - profile(m, y2, e2) - half, -.4, -.3), "\n")
cat("mixture, magnesium, p:", format(pchisq(2 * (best2 - profile(0, y2, e2)), 1, lower = FALSE), digits = 8), "\n")
cat("normal, magnesium:", root(function(m) best2 - normal(m) - half, -3, -.8), root(function(m) best2 - normal(m) - half, -.7, 0), "\n")
student <- function(mu, tau, nu, y, e) sum(sapply(seq_along(y), function(i) {
  f <- function(z) dt((y[i] - mu - z * e[i]) / tau, nu) / tau * dnorm(z)
  b <- sort(c(-40, -8, 8, 40, (y[i] - mu) / e[i] + c(-1, -.1, -.01, -.001, 0, .001, .01, .1, 1)))
  log(sum(sapply(seq_len(length(b) - 1), function(j) integrate(f, b[j], b[j + 1], rel.tol = 1e-12, subdivisions = 2000)$value)))
}))
cat("t, CDP-choline:", format(student(0.19455405129683645, sqrt(4.4777308910077106e-05), 1 / 2.0237708822759415, y1, e1), digits = 12), "\n")
