using System.Collections.Frozen;
using System.Text;

namespace MetaSpine;

/// <summary>
/// Letters without their accents and other forms. The table stands here since a program may run without the system's data of normal
/// forms, and two machines must find the same duplicates.
/// </summary>
internal static class FoldedLetters
{
    /// <summary>What is written, and the small letters and signs that it stands for.</summary>
    private static readonly (string Plain, string Forms)[] Letters =
    [
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặₐª"), ("b", "ḃḅḇƀɓ"), ("c", "çćĉċčḉȼ"), ("d", "ďḋḍḏḑḓđðɖɗ"), ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệₑɛəǝ"), ("f", "ḟƒ"),
        ("g", "ĝğġģǧǵḡǥɠ"), ("h", "ĥȟḣḥḧḩḫẖₕħ"), ("i", "ìíîïĩīĭįǐȉȋḭḯỉịⁱıɨ"), ("j", "ĵǰɉ"), ("k", "ķǩḱḳḵₖĸƙ"), ("l", "ĺļľḷḹḻḽₗłŀƚ"), ("m", "ḿṁṃₘ"), ("n", "ñńņňǹṅṇṉṋⁿₙŋŉɲ"),
        ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợₒºøǿɔ"), ("p", "ṕṗₚƥ"), ("r", "ŕŗřȑȓṙṛṝṟɍ"), ("s", "śŝşšſșṡṣṥṧṩẛₛ"), ("t", "ţťțṫṭṯṱẗₜŧƭ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựʉ"),
        ("v", "ṽṿ"), ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍₓ"), ("y", "ýÿŷȳẏẙỳỵỷỹƴ"), ("z", "źżžẑẓẕƶ"),
        ("ae", "æǣǽ"), ("oe", "œ"), ("ss", "ßẞ"), ("th", "þ"), ("ij", "ĳ"), ("dz", "ǆǳ"), ("lj", "ǉ"), ("nj", "ǌ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ffi", "ﬃ"), ("ffl", "ﬄ"), ("st", "ﬅﬆ"),
        ("0", "⁰₀"), ("1", "¹₁"), ("2", "²₂"), ("3", "³₃"), ("4", "⁴₄"), ("5", "⁵₅"), ("6", "⁶₆"), ("7", "⁷₇"), ("8", "⁸₈"), ("9", "⁹₉"),
        ("alpha", "αά"), ("beta", "βϐ"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "εέϵ"), ("zeta", "ζ"), ("eta", "ηή"), ("theta", "θϑ"), ("iota", "ιΐίϊ"), ("kappa", "κϰ"), ("lambda", "λ"),
        ("mu", "μµ"), ("nu", "ν"), ("xi", "ξ"), ("omicron", "οό"), ("pi", "πϖ"), ("rho", "ρϱ"), ("sigma", "σςϲ"), ("tau", "τ"), ("upsilon", "υΰϋύ"), ("phi", "φϕ"), ("chi", "χ"), ("psi", "ψ"),
        ("omega", "ωώ"), ("и", "йѝ"), ("е", "ѐё"), ("г", "ѓ"), ("і", "ї"), ("к", "ќ"), ("у", "ў"),
    ];

    private static readonly FrozenDictionary<int, string> Plain =
        Letters.SelectMany(row => row.Forms.EnumerateRunes().Select(form => (form.Value, row.Plain))).ToFrozenDictionary(pair => pair.Value, pair => pair.Plain);

    /// <summary>What a small letter or a digit is folded to; <see langword="null"/> where it stays.</summary>
    public static string? Of(Rune rune) => Plain.TryGetValue(rune.Value, out var plain) ? plain
        : rune.Value is >= 0xFF10 and <= 0xFF19 or >= 0xFF41 and <= 0xFF5A ? ((char)(rune.Value - 0xFEE0)).ToString() : null;
}
