namespace MetaSpine;

/// <summary>The letters and signs for which LaTeX has commands.</summary>
internal static class LatexLetters
{
    /// <summary>Each accent's command, and pairs of a letter and the same letter with the accent.</summary>
    private static readonly (char Accent, string Pairs)[] Accented =
    [
        ('`', "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ"),
        ('\'', "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzź"),
        ('^', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ"),
        ('~', "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹ"),
        ('"', "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoöuütẗwẅxẍyÿ"),
        ('=', "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳ"),
        ('.', "AȦCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżiı"),
        ('u', "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"),
        ('v', "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž"),
        ('H', "OŐUŰoőuű"),
        ('c', "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
        ('k', "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
        ('r', "AÅUŮaåuůwẘyẙ"),
        ('d', "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓ"),
        ('b', "BḆDḎKḴLḺNṈRṞTṮZẔbḇdḏhẖkḵlḻnṉrṟtṯzẕ"),
    ];

    /// <summary>The accents as characters that stand behind a letter, for letters that have no character of their own with it.</summary>
    private static readonly Dictionary<char, char> Marks = new()
    {
        ['`'] = '\u0300', ['\''] = '\u0301', ['^'] = '\u0302', ['~'] = '\u0303', ['"'] = '\u0308', ['='] = '\u0304', ['.'] = '\u0307', ['u'] = '\u0306',
        ['v'] = '\u030c', ['H'] = '\u030b', ['c'] = '\u0327', ['k'] = '\u0328', ['r'] = '\u030a', ['d'] = '\u0323', ['b'] = '\u0331',
    };

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["ss"] = "ß", ["SS"] = "ẞ", ["o"] = "ø", ["O"] = "Ø", ["l"] = "ł", ["L"] = "Ł", ["ae"] = "æ", ["AE"] = "Æ", ["oe"] = "œ", ["OE"] = "Œ", ["aa"] = "å", ["AA"] = "Å",
        ["dh"] = "ð", ["DH"] = "Ð", ["dj"] = "đ", ["DJ"] = "Đ", ["th"] = "þ", ["TH"] = "Þ", ["ng"] = "ŋ", ["NG"] = "Ŋ", ["i"] = "ı", ["j"] = "ȷ", ["P"] = "¶", ["S"] = "§",
        ["&"] = "&", ["%"] = "%", ["$"] = "$", ["#"] = "#", ["_"] = "_", ["{"] = "{", ["}"] = "}", [" "] = " ", ["\n"] = " ", ["\\"] = " ", [","] = " ", [";"] = " ", [":"] = " ", ["!"] = "", ["-"] = "", ["/"] = "", ["@"] = "", ["*"] = "",
        ["textbackslash"] = "\\", ["textasciitilde"] = "~", ["textasciicircum"] = "^", ["textbraceleft"] = "{", ["textbraceright"] = "}", ["lbrace"] = "{", ["rbrace"] = "}", ["textunderscore"] = "_",
        ["textdollar"] = "$", ["textless"] = "<", ["textgreater"] = ">", ["textbar"] = "|", ["textquotedbl"] = "\"", ["textquotesingle"] = "'", ["textasciigrave"] = "`", ["slash"] = "/",
        ["textendash"] = "–", ["textemdash"] = "—", ["textquoteleft"] = "‘", ["textquoteright"] = "’", ["textquotedblleft"] = "“", ["textquotedblright"] = "”", ["quotedblbase"] = "„", ["quotesinglbase"] = "‚",
        ["guillemotleft"] = "«", ["guillemotright"] = "»", ["guillemetleft"] = "«", ["guillemetright"] = "»", ["ldots"] = "…", ["dots"] = "…", ["textellipsis"] = "…", ["textbullet"] = "•", ["textperiodcentered"] = "·",
        ["textdegree"] = "°", ["degree"] = "°", ["textmu"] = "µ", ["textpm"] = "±", ["texttimes"] = "×", ["textdiv"] = "÷", ["textregistered"] = "®", ["texttrademark"] = "™", ["textcopyright"] = "©", ["copyright"] = "©",
        ["textonehalf"] = "½", ["textonequarter"] = "¼", ["textthreequarters"] = "¾", ["textonesuperior"] = "¹", ["texttwosuperior"] = "²", ["textthreesuperior"] = "³", ["textparagraph"] = "¶", ["textsection"] = "§",
        ["pounds"] = "£", ["textsterling"] = "£", ["texteuro"] = "€", ["euro"] = "€", ["textyen"] = "¥", ["textexclamdown"] = "¡", ["textquestiondown"] = "¿", ["textordfeminine"] = "ª", ["textordmasculine"] = "º",
        ["pm"] = "±", ["mp"] = "∓", ["times"] = "×", ["div"] = "÷", ["cdot"] = "·", ["ast"] = "*", ["le"] = "≤", ["leq"] = "≤", ["leqslant"] = "≤", ["ge"] = "≥", ["geq"] = "≥", ["geqslant"] = "≥", ["ne"] = "≠", ["neq"] = "≠",
        ["lt"] = "<", ["gt"] = ">", ["sim"] = "∼", ["approx"] = "≈", ["simeq"] = "≃", ["equiv"] = "≡", ["infty"] = "∞", ["to"] = "→", ["rightarrow"] = "→", ["leftarrow"] = "←", ["uparrow"] = "↑", ["downarrow"] = "↓", ["sqrt"] = "√",
        ["prime"] = "′", ["circ"] = "°", ["sum"] = "∑", ["partial"] = "∂", ["in"] = "∈", ["bullet"] = "•", ["dagger"] = "†", ["ddagger"] = "‡", ["dag"] = "†", ["ddag"] = "‡", ["mid"] = "|", ["quad"] = " ", ["qquad"] = " ", ["newline"] = " ", ["par"] = "\n\n", ["space"] = " ",
        ["alpha"] = "α", ["beta"] = "β", ["gamma"] = "γ", ["delta"] = "δ", ["epsilon"] = "ϵ", ["varepsilon"] = "ε", ["zeta"] = "ζ", ["eta"] = "η", ["theta"] = "θ", ["iota"] = "ι", ["kappa"] = "κ", ["lambda"] = "λ", ["mu"] = "μ", ["nu"] = "ν",
        ["xi"] = "ξ", ["pi"] = "π", ["rho"] = "ρ", ["sigma"] = "σ", ["tau"] = "τ", ["upsilon"] = "υ", ["phi"] = "ϕ", ["varphi"] = "φ", ["chi"] = "χ", ["psi"] = "ψ", ["omega"] = "ω", ["Gamma"] = "Γ", ["Delta"] = "Δ", ["Theta"] = "Θ",
        ["Lambda"] = "Λ", ["Xi"] = "Ξ", ["Pi"] = "Π", ["Sigma"] = "Σ", ["Upsilon"] = "Υ", ["Phi"] = "Φ", ["Psi"] = "Ψ", ["Omega"] = "Ω",
    };

    private static readonly Dictionary<(char Accent, char Letter), char> Letters =
        (from row in Accented from i in Enumerable.Range(0, row.Pairs.Length / 2) select (row.Accent, Letter: row.Pairs[2 * i], Whole: row.Pairs[(2 * i) + 1]))
        .DistinctBy(row => (row.Accent, row.Letter)).ToDictionary(row => (row.Accent, row.Letter), row => row.Whole);

    /// <summary>What a command without an argument stands for; null where it is not known.</summary>
    public static string? Sign(string command) => Commands.GetValueOrDefault(command);

    /// <summary>Whether a command puts an accent on what follows.</summary>
    public static bool IsAccent(string command) => command.Length == 1 && Marks.ContainsKey(command[0]);

    /// <summary>A text with an accent on its first letter.</summary>
    public static string WithAccent(char accent, string text)
    {
        var letter = text.Length == 0 ? ' ' : text[0] switch { 'ı' => 'i', 'ȷ' => 'j', var other => other };
        return letter == ' ' ? text
            : (Letters.TryGetValue((accent, letter), out var whole) ? whole.ToString() : letter.ToString() + Marks[accent]) + text[1..];
    }
}
