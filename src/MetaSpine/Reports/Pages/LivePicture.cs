using System.Globalization;
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
        const left=new Set(),status=figure.querySelector('[role=status]');
        const parts=JSON.parse(figure.querySelector('script').textContent).map(table=>{
        const shape=figure.querySelector(table.part===''?'svg [data-overall]':`svg [data-subgroup="${table.part}"]`),ghost=shape&&shape.cloneNode();
        if(ghost){
        for(const name of ['data-overall','data-subgroup'])ghost.removeAttribute(name);
        for(const [name,value] of [['fill','none'],['stroke',shape.getAttribute('fill')],['stroke-dasharray','2 2']])ghost.setAttribute(name,value);
        shape.after(ghost);
        }
        return {table,shape,ghost};
        });
        const names=parts[0].table.names;
        const groups=[...figure.querySelectorAll('svg g[data-study]')].filter(group=>group.dataset.study in names);
        const missing=(table,rows)=>Object.keys(table.names).length-rows.length<2?'fewer than two studies are left, and nothing is pooled.'
        :'that many are not computed with this page; it knows all results without '+(table.most>1?'up to '+table.most+' studies':'one study')+'.';
        const show=()=>{
        groups.forEach(group=>{const off=left.has(+group.dataset.study);group.style.opacity=off?0.3:1;if(group.hasAttribute('role'))group.setAttribute('aria-checked',String(!off));});
        status.textContent=parts.map(({table,shape,ghost})=>{
        const rows=[...left].filter(row=>row in table.names).sort((a,b)=>a-b),line=table.results[rows.join(',')];
        if(shape){
        if(line)shape.setAttribute('points',line.points);
        shape.style.display=line?'':'none';
        ghost.style.display=rows.length?'':'none';
        }
        return rows.length||table.part===''?(table.name?table.name+': ':rows.length?'Without '+rows.map(row=>names[row]).join(', ')+': ':'')+(line?line.text:missing(table,rows)):'';
        }).filter(text=>text).join('\n');
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
        for(const [name,value] of [['tabindex','0'],['role','checkbox'],['aria-label',names[row]]])group.setAttribute(name,value);
        group.addEventListener('keydown',event=>{if(event.key===' '||event.key==='Enter'){event.preventDefault();toggle();}});
        });
        figure.querySelector('button').addEventListener('click',()=>{left.clear();show();});
        show();
        });
        """;

    /// <param name="drawing">The picture.</param>
    /// <param name="tables">What its results become; that of all studies first.</param>
    public static string Html(Drawing drawing, IReadOnlyList<LeaveOutTable> tables) =>
        $"""
        <figure data-live>
        {drawing.ToSvg().TrimEnd()}
        <figcaption><p role="status">{HtmlText.Encode(tables[0].Results[""].Text)}</p>
        <p class="screen">Click a study to see the pooled result without it; the outline and the numbers in the picture stay those of all studies. <button type="button">All studies</button></p></figcaption>
        <script type="application/json">{Json(drawing, tables)}</script>
        </figure>

        """;

    /// <summary>The default encoder writes &lt;, &gt; and &amp; as \u escapes: no study's name can end the element.</summary>
    private static string Json(Drawing drawing, IReadOnlyList<LeaveOutTable> tables)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            writer.WriteStartArray();
            foreach (var table in tables)
            {
                Write(writer, table, drawing.Scene.Shapes.GetValueOrDefault(table.Part));
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, LeaveOutTable table, Func<double, Interval, IReadOnlyList<(double X, double Y)>>? shape)
    {
        writer.WriteStartObject();
        writer.WriteString("part", table.Part);
        writer.WriteString("name", table.Name);
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
            writer.WriteString("text", PlotNumbers.WithMinus(line.Text));
            if (shape?.Invoke(line.Estimate, line.Interval) is { } points)
            {
                writer.WriteString("points", SvgWriter.Points(points));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
