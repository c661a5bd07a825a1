import { isPlainDay } from '#kernel';
import { CALENDAR_REGIONS, type CalendarRegion, flaggedYears, shiftWindow, workCalendar } from '#libs/calendar';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT, say, tell } from '../output';

interface WindowOptions {
  readonly first: string;
  readonly last: string;
  readonly region: CalendarRegion;
  readonly json?: boolean;
}

function region(text: string): CalendarRegion {
  const known = CALENDAR_REGIONS.find((name) => name === text);
  if (known === undefined) throw new InvalidArgumentError(`known regions: ${CALENDAR_REGIONS.join(', ')}`);
  return known;
}

/** `centum calendar window`: exit 0 with the shifted window, 2 on days that are no days or in the wrong order. */
export function register(program: Command): void {
  const calendar = program.command('calendar').description('working days / 工作日');
  calendar
    .command('window')
    .description('shift a window off holidays / 节假日顺延')
    .requiredOption('--first <day>', 'first day, YYYY-MM-DD')
    .requiredOption('--last <day>', 'last day, YYYY-MM-DD')
    .option('--region <region>', `official days of ${CALENDAR_REGIONS.join(' or ')}`, region, 'CN')
    .option('--json', 'print JSON')
    .action((options: WindowOptions) => {
      const { first, last } = options;
      if (!isPlainDay(first) || !isPlainDay(last)) return refuse('invalid-day: --first and --last are days YYYY-MM-DD');
      if (last < first) return refuse('invalid-window: --last is before --first');
      const work = workCalendar({ region: options.region, overrides: [] });
      const window = shiftWindow({ first, last }, work);
      const flagged = flaggedYears(window, work);
      const answer = { first: window.first, last: window.last, ...(flagged.length > 0 && { flaggedYears: flagged }) };
      say(options.json === true ? JSON.stringify(answer) : `${window.first} – ${window.last}`);
      if (flagged.length > 0) tell(`no official days for ${flagged.join(', ')} yet: taken as Monday to Friday`);
    });
}

function refuse(message: string): void {
  tell(message);
  process.exitCode = EXIT.usage;
}
