# Requests for `metaspine batch`, one a line: awk -v n=100000 -f requests.awk. Ten studies each, from a generator that any awk carries out alike.
function uniform() { state = (state * 16807) % 2147483647; return state / 2147483647 }
BEGIN {
  state = 2006
  for (i = 1; i <= n; i++) {
    yi = vi = ""
    for (j = 1; j <= 10; j++) {
      v = 0.01 + 0.3 * uniform() * uniform()
      yi = yi sprintf("%s%.6f", j > 1 ? "," : "", 0.3 + 2 * (uniform() + uniform() - 1) * sqrt(v + 0.05))
      vi = vi sprintf("%s%.6f", j > 1 ? "," : "", v)
    }
    printf "{\"id\":\"%d\",\"kind\":\"univariate\",\"measure\":\"GEN\",\"data\":{\"yi\":[%s],\"vi\":[%s]},\"fits\":[{\"method\":\"REML\",\"test\":\"knha\"}]}\n", i, yi, vi
  }
}
