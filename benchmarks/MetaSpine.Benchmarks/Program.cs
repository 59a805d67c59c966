using System.Globalization;
using BenchmarkDotNet.Running;
using MetaSpine.Benchmarks;

if (args is ["multilevel", var file])
{
    Console.WriteLine(MultilevelProblem.Measure(file).ToString("F3", CultureInfo.InvariantCulture));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
