return MetaSpine.Cli.Tool.Run(args, MetaSpine.Cli.Terminal.Open());
