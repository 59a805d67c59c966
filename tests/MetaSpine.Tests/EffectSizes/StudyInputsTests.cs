namespace MetaSpine.Tests;

/// <summary>What a measure takes from the results of a study file, what that assumes, and what is said where the numbers are not there.</summary>
public sealed class StudyInputsTests
{
    private static readonly ReportedInterval Around2 = new() { Low = 1m, High = 4m };

    public static TheoryData<string, string, OutcomeResult, double[], string> Numbers => new()
    {
        { "events of all", "PLO", new DichotomousResult { Events = 3, Total = 10 }, [3, 10], "" },
        { "events and the others", "PLO", new DichotomousResult { Events = 3, NonEvents = 7 }, [3, 10], "" },
        { "all and the others", "PLO", new DichotomousResult { NonEvents = 7, Total = 10 }, [3, 10], "" },
        { "the total before the sum", "PLO", new DichotomousResult { Events = 3, NonEvents = 6, Total = 10 }, [3, 10], "" },
        { "events in time", "IRLN", new RateResult { Events = 4, PersonTime = 50.5m }, [4, 50.5], "" },
        { "mean and SD", "MN", new ContinuousResult { N = 16, Mean = 2, Sd = 3 }, [2, 3, 16], "" },
        { "the SD before the SE", "MN", new ContinuousResult { N = 16, Mean = 2, Sd = 3, Se = 1 }, [2, 3, 16], "" },
        { "an SE", "MN", new ContinuousResult { N = 16, Mean = 2, Se = .5m }, [2, 2, 16], "SD from the standard error: SE x sqrt(n)" },

        // t of 15 degrees of freedom: 2.1314495455597742 at 95%, 1.753050355692573 at 90%.
        { "an interval", "MN", new ContinuousResult { N = 16, Mean = 2.5, Ci = Around2 }, [2.5, 1.5 / 2.1314495455597742 * 4, 16], "SD from the 95% interval of the mean: t with n - 1 degrees of freedom" },
        { "an interval of 90%", "MN", new ContinuousResult { N = 16, Mean = 2.5, Ci = Around2 with { Level = .9 } }, [2.5, 1.5 / 1.753050355692573 * 4, 16], "SD from the 90% interval of the mean: t with n - 1 degrees of freedom" },
        { "r", "ZCOR", new CorrelationResult { R = .3, N = 20 }, [.3, 20], "" },
        { "an estimate and its SE", "GEN", new EstimateResult { Value = .5, Se = .2, N = 9 }, [.5, .04, 9], "" },
        { "the SE before the interval", "GEN", new EstimateResult { Value = .5, Se = .2, Ci = Around2, N = 9 }, [.5, .04, 9], "" },
        { "a ratio and its SE, that of its log", "GEN", new EstimateResult { Measure = "OR", Value = 2, Se = .2, N = 9 }, [Math.Log(2), .04, 9], "" },
        { "a ratio on the scale of the analysis", "GEN", new EstimateResult { Measure = "OR", Scale = EstimateScale.Analysis, Value = 2, Se = .2, N = 9 }, [2, .04, 9], "" },
        { "a measure that nobody knows", "GEN", new EstimateResult { Measure = "XYZ", Value = 2, Se = .2, N = 9 }, [2, .04, 9], "" },

        // log 4 over twice 1.959963984540054.
        { "a ratio and its interval", "GEN", new EstimateResult { Measure = "OR", Value = 2, Ci = Around2, N = 9 }, [Math.Log(2), Math.Pow(Math.Log(4) / 3.919927969080108, 2), 9], "standard error from the 95% interval on the log scale, taken as normal" },
        { "an interval of 90% as it is", "GEN", new EstimateResult { Value = 2.5, Ci = Around2 with { Level = .9 }, N = 9 }, [2.5, Math.Pow(3 / 3.289707253902945, 2), 9], "standard error from the 90% interval on the identity scale, taken as normal" },
        { "what the measure asked for is, where an estimate does not say", "HR", new EstimateResult { Value = 2, Se = .2, N = 9 }, [Math.Log(2), .04, 9], "" },
    };

    [EveryCultureTheory]
    [MemberData(nameof(Numbers))]
    public void A_measure_takes_what_is_reported(string what, string measure, OutcomeResult result, double[] values, string assumption)
    {
        var read = StudyInputs.Read(Measures.Find(measure), [result]);
        read.Problem.ShouldBeNull(what);

        // Logarithms, roots and quantiles in the last digits.
        read.Values.ShouldBe(values, 2e-14);
        read.Assumptions.ShouldBe(assumption.Length > 0 ? [assumption] : []);
    }

    public static TheoryData<string, OutcomeResult, string> Problems => new()
    {
        { "PLO", new DichotomousResult { Total = 10 }, "the number of events is not reported; give it, or derive it and mark it derived" },
        { "PLO", new DichotomousResult { NonEvents = 7 }, "the number of events is not reported; give it, or derive it and mark it derived" },
        { "PLO", new DichotomousResult { Events = 3 }, "the total is not reported; give it, or derive it and mark it derived" },
        { "PLO", new DichotomousResult { Total = 10, ReportedPercent = 30.0m }, "it reports 30.0%, but the number of events is not reported; give it, or derive it and mark it derived" },
        { "IRLN", new RateResult { PersonTime = 5 }, "the number of events is not reported" },
        { "IRLN", new RateResult { Events = 5 }, "the person-time is not reported" },
        { "MN", new ContinuousResult { Mean = 2, Sd = 3 }, "the number of participants (n) is not reported" },
        { "MN", new ContinuousResult { N = 16, Sd = 3 }, "the mean is not reported" },
        { "MN", new ContinuousResult { N = 16, Median = 2.50m }, "it reports the median 2.50, not a mean; a median is not pooled as a mean, unless the analysis says how to estimate it (medians: luo-shi)" },
        { "MN", new ContinuousResult { N = 16, Mean = 2.0m }, "the mean 2.0 comes without a spread, so it has no sampling variance; it needs the SD, the SE, a confidence interval, or the individual data" },
        { "MN", new ContinuousResult { N = 1, Mean = 2, Ci = Around2 }, "the mean 2 comes without a spread, so it has no sampling variance; it needs the SD, the SE, a confidence interval, or the individual data" },
        { "MN", new ContinuousResult { N = 9, Mean = 2, Ci = new ReportedInterval { Low = 1 } }, "the mean 2 comes without a spread, so it has no sampling variance; it needs the SD, the SE, a confidence interval, or the individual data" },
        { "ZCOR", new CorrelationResult { N = 20 }, "the coefficient (r) is not reported" },
        { "ZCOR", new CorrelationResult { R = .3 }, "the number of participants (n) is not reported" },
        { "GEN", new EstimateResult { Se = .2 }, "the estimate is not reported" },
        { "GEN", new EstimateResult { Value = 1.50m }, "the estimate 1.50 comes without a standard error or confidence interval" },
        { "GEN", new EstimateResult { Measure = "OR", Value = 0, Se = .2 }, "the estimate 0 has no log" },
        { "GEN", new EstimateResult { Measure = "OR", Value = 1, Ci = Around2 with { Low = 0 } }, "the interval 0 to 4 has no log" },
        { "HD", new TimeToEventResult { HazardRatio = 2, Se = .2 }, "its numbers are of another kind (time to event); this measure needs value with se or ci" },
        { "PLO", new ContinuousResult { N = 1 }, "its numbers are of another kind (continuous); this measure needs events and total" },
        { "IRLN", new DichotomousResult { Total = 1 }, "its numbers are of another kind (dichotomous); this measure needs events and person_time" },
        { "MN", new RateResult { Events = 1 }, "its numbers are of another kind (rate); this measure needs mean, sd and n" },
        { "ZCOR", new EstimateResult { Value = 1 }, "its numbers are of another kind (estimate); this measure needs r and n" },
        { "GEN", new CorrelationResult { R = .1 }, "its numbers are of another kind (correlation); this measure needs value with se or ci" },
        { "PLO", new DiagnosticResult { Tp = 1 }, "its numbers are of another kind (diagnostic); this measure needs events and total" },
        { "PLO", new OrdinalResult { Total = 1 }, "its numbers are of another kind (ordinal); this measure needs events and total" },
        { "PLO", new TimeToEventResult { N = 1 }, "its numbers are of another kind (time to event); this measure needs events and total" },
        { "OR", new DichotomousResult { Events = 1, Arm = "bcg" }, "the total is not reported; give it, or derive it and mark it derived (arm bcg)" },
        { "PCOR", new CorrelationResult { R = .1, N = 9 }, "study files hold no partial correlation; give a table with the columns that PCOR needs" },
    };

    [EveryCultureTheory]
    [MemberData(nameof(Problems))]
    public void What_is_not_there_is_said(string measure, OutcomeResult result, string problem) =>
        (StudyInputs.Read(Measures.Find(measure), [result]).Problem ?? "").ShouldBe(problem);
}
