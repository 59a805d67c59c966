using System.Net;

namespace MetaSpine;

/// <summary>The page around a report: one file, nothing from elsewhere, good to read on a screen, a telephone and paper.</summary>
internal static class ReportPage
{
    private const string Style =
        """
        :root{color-scheme:light}
        body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Arial,"Liberation Sans",sans-serif;color:#1a1a1a;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.8rem;line-height:1.25}
        h2{font-size:1.3rem;margin-top:2.5rem;border-bottom:1px solid #c8c8c8;padding-bottom:.2rem}
        h3{font-size:1.05rem;margin-top:1.5rem}
        table{display:block;overflow-x:auto;font-size:.9rem;margin:1rem 0}
        th,td{vertical-align:top}
        figure{margin:1rem 0;overflow-x:auto}
        figure svg{max-width:100%;height:auto}
        details{margin:.5rem 0}
        summary{cursor:pointer}
        pre{background:#f5f5f5;padding:.8rem;overflow-x:auto;font-size:.8rem;line-height:1.4}
        a{color:#0b5394}
        figcaption p{margin:.2rem 0}
        [role=status]{font-weight:600;white-space:pre-line}
        svg g[role=checkbox]:focus-visible{outline:2px solid #3b82d0}
        @media screen and (max-width:44rem){
        td[style*="left"]{min-width:5rem}
        td[style*="left"]:last-child{min-width:13rem}
        figure svg{max-width:max(100%,38rem)}
        }
        @media print{
        .screen{display:none}
        body{margin:0;max-width:none;font-size:10pt;line-height:1.4}
        h1{font-size:1.5rem}
        h2{margin-top:1.5rem}
        h1,h2,h3,h4,h2+p:has(+p),p:has(+ul),summary{break-after:avoid}
        figure,tr,li{break-inside:avoid}
        tbody tr:nth-child(-n+2){break-after:avoid}
        tbody tr:nth-last-child(-n+3){break-before:avoid}
        figure[data-chart] svg{max-height:85mm}
        table{display:table;overflow:visible;font-size:8.5pt}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:7.5pt}
        @page{margin:16mm}
        }
        """;

    /// <summary>Opens what is folded before the page is printed, so that paper shows all of it.</summary>
    private const string Opening = "addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(part=>part.open=true));";

    /// <summary>The page with its own script and no other: the browser refuses whatever a name could smuggle in.</summary>
    public static string Html(string title, string body)
    {
        var script = $"{Opening}\n{LivePicture.Script}".ReplaceLineEndings("\n");
        return $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '{Hash(script)}'">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        {body}<script>{script}</script>
        </body>
        </html>

        """.ReplaceLineEndings("\n");
    }

    private static string Hash(string script) =>
        "sha256-" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
}
