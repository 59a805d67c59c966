namespace MetaSpine;

/// <summary>The papers that the conversions rest on, as their results name them.</summary>
internal static class Sources
{
    public const string Parmar = "Parmar, Torri and Stewart 1998, doi:10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8";
    public const string Tierney = "Tierney et al. 2007, doi:10.1186/1745-6215-8-16";
    public const string Handbook = "Cochrane Handbook, Higgins et al. 2019, chapter 6, doi:10.1002/9781119536604";
    public const string Yates = "Yates 1934, doi:10.2307/2983604";
    public const string Hozo = "Hozo, Djulbegovic and Hozo 2005, doi:10.1186/1471-2288-5-13";
    public const string Bland = "Bland 2015, doi:10.6000/1929-6029.2015.04.01.6";
    public const string Wan = "Wan, Wang, Liu and Tong 2014, doi:10.1186/1471-2288-14-135";
    public const string Luo = "Luo, Wan, Liu and Tong 2018, doi:10.1177/0962280216669183";
    public const string Shi = "Shi, Luo, Weng et al. 2020, doi:10.1002/jrsm.1429";
    public const string ShiLogNormal = "Shi, Tong, Wang and Genton 2020, doi:10.4310/SII.2020.v13.n4.a9";
    public const string ShiSkewness = "Shi, Luo, Wan et al. 2023, doi:10.1177/09622802231172043";
    public const string Walter = "Walter and Yao 2007, doi:10.1016/j.jclinepi.2006.11.003";
    public const string Cai = "Cai, Zhou and Pan 2021, doi:10.1177/09622802211047348";
    public const string McGrath = "McGrath et al. 2020, doi:10.1177/0962280219889080";
    public const string McGrathErrors = "McGrath et al. 2023, doi:10.1177/09622802221139233";
    public const string McGrathMedians = "McGrath et al. 2019, doi:10.1002/sim.8013";
    public const string McGrathDifference = "McGrath et al. 2020, doi:10.1002/bimj.201900036";
    public const string Hasselblad = "Hasselblad and Hedges 1995, doi:10.1037/0033-2909.117.1.167";
    public const string SanchezMeca = "Sánchez-Meca, Marín-Martínez and Chacón-Moscoso 2003, doi:10.1037/1082-989X.8.4.448";
    public const string Borenstein = "Borenstein et al. 2009, chapter 7, doi:10.1002/9780470743386";
    public const string Grant = "Grant 2014, doi:10.1136/bmj.f7450";
    public const string Altman = "Altman 1998, doi:10.1136/bmj.317.7168.1309";
    public const string Follmann = "Follmann et al. 1992, doi:10.1016/0895-4356(92)90054-Q";
}
