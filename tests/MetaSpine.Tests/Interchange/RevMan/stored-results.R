# Results as Review Manager stores them, written from its formulas (Deeks and Higgins 2010, Statistical algorithms in Review
# Manager 5), apart from the code under test. Rscript stored-results.R > stored-results.txt (R 4, metafor for the last case).
# T: effect, lower, upper, z, p, Chi2, df, p of Chi2, I2, tau2; R, for each study with an effect: effect, lower, upper, SE, weight;
# B: Chi2 between subgroups, its p, I2.
shown <- function(x) paste(formatC(x, digits = 17, format = "g", width = 1), collapse = " ")
out <- function(key, total, rows) {
  cat("#", key, "\n"); cat("T", shown(total), "\n")
  for (i in seq_len(nrow(rows))) cat("R", shown(rows[i, ]), "\n")
}
a0 <- c(4, 0, 12, 0); n1 <- c(50, 30, 120, 20); c0 <- c(9, 3, 15, 0); n2 <- c(48, 31, 118, 22)
z <- qnorm(.975)

# Q around a centre, tau2 from it; a fixed estimate of its own (Mantel-Haenszel) where one is given.
pool <- function(y, v, random, centre = NULL, weights = NULL, estimate = NULL, variance = NULL) {
  w <- 1 / v
  mean <- sum(w * y) / sum(w)
  q <- sum(w * (y - if (is.null(centre)) mean else centre)^2); df <- length(y) - 1
  tau2 <- if (random) max(0, (q - df) / (sum(w) - sum(w^2) / sum(w))) else 0
  if (random) { w <- 1 / (v + tau2); estimate <- sum(w * y) / sum(w); variance <- 1 / sum(w) }
  else if (is.null(estimate)) { estimate <- mean; variance <- 1 / sum(w) }
  else w <- weights
  s <- sqrt(variance)
  list(e = estimate, s = s, w = 100 * w / sum(w),
       rest = c(abs(estimate / s), 2 * pnorm(-abs(estimate / s)), q, df, pchisq(q, df, lower.tail = FALSE), max(0, 100 * (q - df) / q), tau2))
}
total <- function(p, f) c(f(p$e), f(p$e - z * p$s), f(p$e + z * p$s), p$rest)
rows <- function(y, v, w, f) cbind(f(y), f(y - z * sqrt(v)), f(y + z * sqrt(v)), sqrt(v), w)

tables <- function(key, measure, method, random, a = a0, c = c0) {
  b <- n1 - a; d <- n2 - c
  add <- ifelse(a == 0 | b == 0 | c == 0 | d == 0, .5, 0)
  A <- a + add; B <- b + add; C <- c + add; D <- d + add; N1 <- A + B; N2 <- C + D; N <- N1 + N2
  k <- if (measure == "RD") rep(TRUE, 4) else !((a == 0 & c == 0) | (b == 0 & d == 0))
  if (measure == "OR") { y <- log(A * D / B / C); v <- 1 / A + 1 / B + 1 / C + 1 / D }
  if (measure == "RR") { y <- log(A / N1 / (C / N2)); v <- 1 / A - 1 / N1 + 1 / C - 1 / N2 }
  if (measure == "RD") { y <- a / n1 - c / n2; v <- A * B / N1^3 + C * D / N2^3 }
  f <- if (measure == "RD") identity else exp
  estimate <- variance <- weights <- centre <- NULL
  if (method == "MH") {
    if (measure == "OR") {
      r <- (A * D / N)[k]; s <- (B * C / N)[k]; P <- ((A + D) / N)[k]; Q <- ((B + C) / N)[k]
      estimate <- log(sum(r) / sum(s)); weights <- s
      variance <- (sum(P * r) / sum(r)^2 + sum(P * s + Q * r) / (sum(r) * sum(s)) + sum(Q * s) / sum(s)^2) / 2
    }
    if (measure == "RR") {
      r <- (A * N2 / N)[k]; s <- (C * N1 / N)[k]
      estimate <- log(sum(r) / sum(s)); weights <- s
      variance <- sum(((N1 * N2 * (A + C) - A * C * N) / N^2)[k]) / (sum(r) * sum(s))
    }
    if (measure == "RD") {
      weights <- n1 * n2 / (n1 + n2); estimate <- sum(weights * y) / sum(weights)
      variance <- sum((a * b * n2^3 + c * d * n1^3) / (n1 * n2 * (n1 + n2)^2)) / sum(weights)^2
    }
    centre <- estimate
  }
  if (method == "PETO") {
    n <- n1 + n2; v <- 1 / (n1 * n2 * (a + c) * (b + d) / n^2 / (n - 1)); k <- is.finite(v); y <- (a - n1 * (a + c) / n) * v
  }
  p <- pool(y[k], v[k], random, centre, weights, estimate, variance)
  out(key, total(p, f), rows(y[k], v[k], p$w, f))
}
for (measure in c("OR", "RR", "RD")) for (method in c("MH", "IV")) for (model in c("F", "R"))
  tables(paste(measure, method, model), measure, method, model == "R")
tables("OR PETO F", "OR", "PETO", FALSE)
tables("RR MH F swapped", "RR", "MH", FALSE, n1 - a0, n2 - c0)

m1 <- c(5, 4.9, 22.5, 12.5, 6.5); s1 <- c(4.7, 1.71, 3.44, 1.47, .76); k1 <- c(13, 30, 35, 20, 8)
m2 <- c(6.5, 6.1, 24.9, 12.3, 7.38); s2 <- c(3.8, 2.3, 10.65, 1.66, 1.41); k2 <- c(13, 50, 35, 20, 8)
means <- function(key, measure, random, i = 1:5) {
  n <- k1[i] + k2[i]; y <- m1[i] - m2[i]; v <- s1[i]^2 / k1[i] + s2[i]^2 / k2[i]
  if (measure == "SMD") {
    y <- y / sqrt(((k1[i] - 1) * s1[i]^2 + (k2[i] - 1) * s2[i]^2) / (n - 2)) * (1 - 3 / (4 * n - 9))
    v <- n / (k1[i] * k2[i]) + y^2 / (2 * (n - 3.94))
  }
  p <- pool(y, v, random); out(key, total(p, identity), rows(y, v, p$w, identity)); p
}
for (measure in c("MD", "SMD")) for (model in c("F", "R")) invisible(means(paste(measure, "IV", model), measure, model == "R"))
g <- list(means("MD sub1", "MD", TRUE, 1:3), means("MD sub2", "MD", TRUE, 4:5))
between <- pool(sapply(g, `[[`, "e"), sapply(g, `[[`, "s")^2, FALSE)$rest
cat("B", shown(between[c(3, 5, 6)]), "\n")

y <- c(-.4308, -.11, .25, -.6); se <- c(.21, .3, .18, .4)
for (model in c("F", "R")) { p <- pool(y, se^2, model == "R"); out(paste("HR GIV", model), total(p, exp), rows(y, se^2, p$w, exp)) }
oe <- c(-5.2, 3.1, -8.4); variance <- c(10.1, 6.7, 14.9)
p <- pool(oe / variance, 1 / variance, FALSE); out("HR OE F", total(p, exp), rows(oe / variance, 1 / variance, p$w, exp))

# The random effects of RevMan since 2025; behind tau2 the prediction interval of t(k - 1).
library(metafor)
r <- rma(y, sei = se, method = "REML", test = "knha", control = list(threshold = 1e-14, maxiter = 1000))
half <- qt(.975, 3) * sqrt(r$se^2 + r$tau2)
out("REML HKSJ", c(exp(c(r$b, r$ci.lb, r$ci.ub)), abs(r$zval), r$pval, r$QE, 3, r$QEp, max(0, 100 * (r$QE - 3) / r$QE), r$tau2, exp(r$b - half), exp(r$b + half)), matrix(0, 0, 5))
