namespace MetaSpine.Tests;

/// <summary>Models, tests and variances by the codes that people type.</summary>
public sealed class MethodNamesTests
{
    [EveryCultureTheory]
    [InlineData("fe", PoolingMethod.EE)]
    [InlineData("CE", PoolingMethod.EE)]
    [InlineData("ee", PoolingMethod.EE)]
    [InlineData("dlit", PoolingMethod.DLIT)]
    public void A_model_is_found_by_its_codes(string code, PoolingMethod method)
    {
        MethodNames.Method(code).ShouldBe(method);
        MethodNames.Of(method).Code.ShouldBe(method.ToString());
    }

    [EveryCultureTheory]
    [InlineData("HK", PoolingTest.KnappHartung)]
    [InlineData("hksj", PoolingTest.KnappHartung)]
    [InlineData("Z", PoolingTest.Z)]
    public void A_test_is_found_by_its_codes(string code, PoolingTest test) => MethodNames.Test(code).ShouldBe(test);

    [EveryCultureFact]
    public void A_variance_is_one_that_the_measure_has()
    {
        MethodNames.Variance("h0A", Measures.COR).ShouldBe(VarianceType.H0a);
        Should.Throw<ArgumentException>(() => MethodNames.Variance("xyz", Measures.COR)).Message.ShouldBe("COR has no variance 'xyz'; known here: LS, AV, H0, H0a, H0b");
        Should.Throw<ArgumentException>(() => MethodNames.Variance(null!, Measures.ZCOR)).Message.ShouldStartWith("ZCOR has no variance ''");
        Should.Throw<ArgumentNullException>(() => MethodNames.Variance("LS", null!)).ParamName.ShouldBe("measure");
    }
}
