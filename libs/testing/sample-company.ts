/** How large a company is and what of it; the same options give the same text on any machine. */
export interface SampleCompanyOptions {
  /** Everybody, managers included; at least 20. */
  readonly people: number;
  /** Months `YYYY-MM` to have targets and facts for. */
  readonly months?: readonly string[];
  /** Facts for each rep and month. Default: those that template `weighted-70-20-10` asks for. */
  readonly metrics?: readonly string[];
}

/** CSV files as the product documents them. */
export interface SampleCompany {
  readonly people: string;
  readonly targets: string;
  readonly facts: string;
  readonly reps: number;
}

const REPS_PER_TEAM = 9;
const TEAMS_PER_REGION = 20;
const REGIONS = ['华东', '华南', '华北', '华中', '西南', '西北', '东北'] as const;
const FAMILIES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const GIVEN = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '洋', '勇', '艳', '杰', '涛', '明', '超', '霞', '平', '刚'] as const;
const METRICS = [
  'sales.amount', 'receivable.due', 'receivable.collected', 'customers.new', 'complaints.filed', 'absences.days', 'pay.base', 'pay.commission', 'pay.deposit_held',
] as const; // prettier-ignore
const PEOPLE_HEADER = 'employee_no,name,login,roles,position,department,team,region,site,manager_no,valid_from,valid_to';

/** A company of any size: one general manager, a sales head, regions, teams of a manager and nine reps. */
export function sampleCompany({ people, months = [], metrics = METRICS }: SampleCompanyOptions): SampleCompany {
  const lines = [PEOPLE_HEADER];
  const person = (
    no: string,
    roles: string,
    department: string,
    place: { team?: string; region?: string; manager?: string } = {},
  ): void => {
    const index = lines.length;
    const name = `${FAMILIES[index % FAMILIES.length] ?? ''}${GIVEN[index % GIVEN.length] ?? ''}${index}`;
    lines.push(
      `${no},${name},${no.toLowerCase()},${roles},,${department},${place.team ?? ''},${place.region ?? ''},,${place.manager ?? ''},,`,
    );
  };
  person('G1', 'general-manager', '总经办');
  person('H1', 'hr', '人力资源部', { manager: 'G1' });
  person('F1', 'finance', '财务部', { manager: 'G1' });
  person('S1', 'second-reviewer', '销售部', { manager: 'G1' });
  for (let panel = 1; panel <= 6; panel += 1) person(`P${panel}`, 'panel', `职能${panel}部`, { manager: 'G1' });
  const reps: string[] = [];
  for (let team = 0; lines.length - 1 < people; team += 1) {
    const region = `${REGIONS[Math.floor(team / TEAMS_PER_REGION) % REGIONS.length] ?? ''}${Math.floor(team / TEAMS_PER_REGION / REGIONS.length) || ''}`;
    const place = { team: `${region}${(team % TEAMS_PER_REGION) + 1}组`, region };
    person(`M${team}`, 'manager', '销售部', { ...place, manager: 'S1' });
    for (let rep = 0; rep < REPS_PER_TEAM && lines.length - 1 < people; rep += 1) {
      const no = `R${team}-${rep}`;
      person(no, 'rep', '销售部', { ...place, manager: `M${team}` });
      reps.push(no);
    }
  }
  return { people: `${lines.join('\n')}\n`, targets: targetsOf(reps, months), facts: factsOf(reps, months, metrics), reps: reps.length };
}

function targetsOf(reps: readonly string[], months: readonly string[]): string {
  const lines = ['owner,metric,period,value'];
  for (const month of months) {
    reps.forEach((rep, index) => {
      lines.push(
        `${rep},sales.target,${month},${80_000 + (index % 5) * 10_000}`,
        `${rep},customers.new_target,${month},${2 + (index % 3)}`,
      );
    });
  }
  return `${lines.join('\n')}\n`;
}

function factsOf(reps: readonly string[], months: readonly string[], metrics: readonly string[]): string {
  const lines = ['employee_no,metric,value,happened_on,record_id'];
  for (const month of months) {
    reps.forEach((rep, index) => {
      for (const metric of metrics)
        lines.push(
          `${rep},${metric},${valueOf(metric, index)},${month}-${String((index % 28) + 1).padStart(2, '0')},${metric}/${month}/${rep}`,
        );
    });
  }
  return `${lines.join('\n')}\n`;
}

/** Spread over what a metric can be; the cents differ from person to person so that few scores are level. */
function valueOf(metric: string, index: number): string {
  const cents = String(index % 100).padStart(2, '0');
  switch (metric) {
    case 'sales.amount':
      return `${60_000 + ((index * 7919) % 60_000)}.${cents}`;
    case 'receivable.due':
      return '50000.00';
    case 'receivable.collected':
      return `${40_000 + ((index * 104_729) % 10_000)}.${cents}`;
    case 'pay.base':
      return '5000.00';
    case 'pay.commission':
      return `${2_000 + (index % 3_000)}.${cents}`;
    case 'pay.deposit_held':
      return `${(index % 13) * 200}.00`;
    case 'customers.new':
      return String(index % 5);
    default:
      return index % 9 === 0 ? '1' : '0';
  }
}
