using System.Globalization;
using BenchmarkDotNet.Running;
using MetaSpine.Benchmarks;

switch (args)
{
    case ["multilevel", var file]:
        Console.WriteLine(MultilevelProblem.Measure(file).ToString("F3", CultureInfo.InvariantCulture));
        break;
    case ["kernels"]:
        KernelClock.Run();
        break;
    case ["pool" or "many" or "subsets", var method, var file]:
        AgainstClock.Run(args[0], method, file);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
