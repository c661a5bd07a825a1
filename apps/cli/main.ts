import { Command, CommanderError } from 'commander';
import { register as registerAppraisal } from './commands/appraisal';
import { register as registerCalendar } from './commands/calendar';
import { register as registerCycle } from './commands/cycle';
import { register as registerDoctor } from './commands/doctor';
import { register as registerImport } from './commands/import';
import { register as registerProcesses } from './commands/processes';
import { register as registerRebuild } from './commands/rebuild';
import { register as registerReplay } from './commands/replay';
import { register as registerScheme } from './commands/scheme';
import { register as registerScore } from './commands/score';
import { register as registerSession } from './commands/session';
import { register as registerStatus } from './commands/status';
import { register as registerUp } from './commands/up';
import { register as registerWalkthrough } from './commands/walkthrough';
import { CliError, EXIT, tell } from './output';

/** Errors whose message alone tells a person what to do. */
const PLAIN_ERRORS = new Set(['CliError', 'EmbeddedError', 'ConfigurationError']);

/** In the order of the help: what runs the product, what looks at it, what works without it. */
const GROUPS = [
  registerUp,
  registerProcesses,
  registerStatus,
  registerDoctor,
  registerReplay,
  registerRebuild,
  registerSession,
  registerImport,
  registerCycle,
  registerAppraisal,
  registerWalkthrough,
  registerScore,
  registerScheme,
  registerCalendar,
];

/** The whole command line: one file per group, each adding its own commands. */
export function buildProgram(): Command {
  const program = new Command('centum')
    .description('Sales performance appraisal in one event-sourced history / 销售绩效考核')
    .showHelpAfterError('(see --help)')
    .exitOverride();
  for (const register of GROUPS) register(program);
  return program;
}

/** Sets the exit code: 0 done, 1 failed, 2 wrong usage, 3 not reachable; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = explain(error);
  }
}

function explain(error: unknown): number {
  // Commander has said what is wrong by itself; help that was asked for is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CliError) {
    tell(error.message);
    return error.exitCode;
  }
  tell(error instanceof Error && PLAIN_ERRORS.has(error.name) ? error.message : describe(error));
  return EXIT.failed;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
