using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine completion</c>: scripts by which shells complete the tool's command lines, asking the tool itself.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private const string Bash =
        """
        # metaspine completion bash >> ~/.bashrc
        _metaspine() {
            local word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n' found
            found=$(metaspine "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
            case "$word" in -*) ;; *) found=$(grep -v '^-' <<< "$found") ;; esac
            COMPREPLY=( $(compgen -W "$found" -- "$word") )
        }
        complete -o default -F _metaspine metaspine

        """;

    private const string Zsh =
        """
        # metaspine completion zsh >> ~/.zshrc
        _metaspine() {
            local line="${(j: :)words[1,CURRENT]}"
            local -a found
            found=("${(@f)$(metaspine "[suggest:${#line}]" "$line" 2>/dev/null)}")
            [[ $PREFIX == -* ]] || found=(${found:#-*})
            found=(${found:#})
            if (( ${#found} )); then compadd -- $found; else _files; fi
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
        compdef _metaspine metaspine

        """;

    private const string Fish =
        """
        # metaspine completion fish > ~/.config/fish/completions/metaspine.fish
        function __metaspine_complete
            set -l line (commandline -cp)
            metaspine "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c metaspine -a '(__metaspine_complete)'

        """;

    private const string Pwsh =
        """
        # metaspine completion pwsh >> $PROFILE
        Register-ArgumentCompleter -Native -CommandName metaspine -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = "$commandAst".PadRight($cursorPosition)
            metaspine "[suggest:$cursorPosition]" "$line" 2>$null |
                Where-Object { $_ -and ($wordToComplete.StartsWith('-') -or -not $_.StartsWith('-')) } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    public static Command Create(Terminal terminal)
    {
        var shell = NameArgument.Of("SHELL", "bash, zsh, fish or pwsh", Shells);
        var command = new Command("completion", "Print a script by which a shell completes commands, options and codes.") { shell };
        command.SetAction(parsed => terminal.Out.Write((NameArgument.Value(parsed, shell, "shell", Shells) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh }).ReplaceLineEndings("\n")));
        return command;
    }
}
