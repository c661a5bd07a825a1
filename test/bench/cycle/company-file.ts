const REPS_PER_TEAM = 9;
const TEAMS_PER_REGION = 40;
const LINES_PER_PIECE = 500;
const HEADER = 'employee_no,name,login,roles,position,department,team,region,site,manager_no,valid_from,valid_to';

/**
 * A people file of one general manager, a sales head and teams of a manager with nine reps, in pieces as it would stream in.
 * `members` people have a manager, so that they are all in a cycle; the general manager has none.
 */
export async function* companyFile(members: number): AsyncGenerator<Uint8Array> {
  let piece: string[] = [HEADER, line('G1', 'general-manager', '总经办', {}), line('S1', 'second-reviewer', '销售部', { manager: 'G1' })];
  for (let nr = 1; nr < members; nr += 1) {
    const team = Math.floor((nr - 1) / (REPS_PER_TEAM + 1));
    const place = { team: `${team + 1}组`, region: `大区${Math.floor(team / TEAMS_PER_REGION) + 1}` };
    const inTeam = (nr - 1) % (REPS_PER_TEAM + 1);
    piece.push(
      inTeam === 0
        ? line(`M${team}`, 'manager', '销售部', { ...place, manager: 'S1' })
        : line(`R${team}-${inTeam}`, 'rep', '销售部', { ...place, manager: `M${team}` }),
    );
    if (piece.length >= LINES_PER_PIECE) {
      yield bytesOf(piece);
      piece = [];
    }
  }
  if (piece.length > 0) yield bytesOf(piece);
}

interface Place {
  readonly team?: string;
  readonly region?: string;
  readonly manager?: string;
}

function line(no: string, roles: string, department: string, { team = '', region = '', manager = '' }: Place): string {
  return `${no},员工${no},${no.toLowerCase()},${roles},,${department},${team},${region},,${manager},,`;
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(`${lines.join('\n')}\n`, 'utf8');
}
