// Completion of words in bash, zsh, fish and PowerShell: `hms-gateway completion SHELL` prints a script for the shell. At each
// TAB the script calls the command (`hms-gateway complete -- WORDS`).
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds the commands of completion to a program that has all its others. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.summary('print a script that completes words in a shell');
}
