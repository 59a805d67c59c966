using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// A forest plot in a page that shows a study's numbers under the pointer and the pooled result without the studies that a reader ticks off. The
/// page computes nothing: every result stands in a table that was computed with the report.
/// </summary>
internal static class LivePicture
{
    /// <summary>Finds the pictures of the page and makes them answer. It knows rows and texts only, so one script serves every page.</summary>
    public const string Script =
        """
        document.querySelectorAll('figure[data-live]').forEach(figure=>{
        const table=JSON.parse(figure.querySelector('script').textContent),left=new Set();
        const status=figure.querySelector('[role=status]'),overall=figure.querySelector('svg [data-overall]');
        const ghost=overall&&overall.cloneNode();
        if(ghost){
        ghost.removeAttribute('data-overall');
        for(const [name,value] of [['fill','none'],['stroke',overall.getAttribute('fill')],['stroke-dasharray','2 2']])ghost.setAttribute(name,value);
        overall.after(ghost);
        }
        const groups=[...figure.querySelectorAll('svg g[data-study]')].filter(group=>group.dataset.study in table.names);
        const show=()=>{
        const rows=[...left].sort((a,b)=>a-b),line=table.results[rows.join(',')];
        groups.forEach(group=>{const off=left.has(+group.dataset.study);group.style.opacity=off?0.3:1;if(group.hasAttribute('role'))group.setAttribute('aria-checked',String(!off));});
        const without=rows.length?'Without '+rows.map(row=>table.names[row]).join(', ')+': ':'';
        status.textContent=line?without+line.text:'That many are not computed with this page; it knows all results without '+(table.most>1?'up to '+table.most+' studies':'one study')+'.';
        if(overall){
        overall.setAttribute('points',(line||table.results['']).points);
        ghost.style.display=rows.length?'':'none';
        }
        };
        const seen=new Set();
        groups.forEach(group=>{
        // A row answers between its letters too.
        const box=group.getBBox(),area=document.createElementNS('http://www.w3.org/2000/svg','rect');
        for(const [name,value] of [['x',box.x],['y',box.y],['width',box.width],['height',box.height],['fill','transparent']])area.setAttribute(name,value);
        group.append(area);
        const row=+group.dataset.study,toggle=()=>{left.delete(row)||left.add(row);show();};
        group.style.cursor='pointer';
        group.addEventListener('click',toggle);
        if(seen.has(row))return;
        seen.add(row);
        for(const [name,value] of [['tabindex','0'],['role','checkbox'],['aria-label',table.names[row]]])group.setAttribute(name,value);
        group.addEventListener('keydown',event=>{if(event.key===' '||event.key==='Enter'){event.preventDefault();toggle();}});
        });
        figure.querySelector('button').addEventListener('click',()=>{left.clear();show();});
        show();
        });
        """;

    public static string Html(Drawing drawing, LeaveOutTable table) =>
        $"""
        <figure data-live>
        {drawing.ToSvg().TrimEnd()}
        <figcaption><p role="status">{WebUtility.HtmlEncode(table.Results[""].Text)}</p>
        <p class="screen">Click a study to see the pooled result without it; the outline and the numbers in the picture stay those of all studies. <button type="button">All studies</button></p></figcaption>
        <script type="application/json">{Json(drawing, table)}</script>
        </figure>

        """;

    /// <summary>The default encoder writes &lt;, &gt; and &amp; as \u escapes: no study's name can end the element.</summary>
    private static string Json(Drawing drawing, LeaveOutTable table)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("most", table.Most);
            writer.WriteStartObject("names");
            foreach (var (row, name) in table.Names)
            {
                writer.WriteString(row.ToString(CultureInfo.InvariantCulture), name);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("results");
            foreach (var (key, line) in table.Results)
            {
                writer.WriteStartObject(key);
                writer.WriteString("text", line.Text);
                if (drawing.Scene.OverallShape?.Invoke(line.Estimate, line.Interval) is { } points)
                {
                    writer.WriteString("points", SvgWriter.Points(points));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
