import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ApiClient } from '../client';

const zRow = z.looseObject({ employee_no: z.string(), login: z.string(), roles: z.string(), manager_no: z.string() });
const zSession = z.object({ token: z.string(), subject: z.string() });

/** Somebody of the company, signed in. */
export interface SignedIn {
  readonly employeeNo: string;
  readonly login: string;
  readonly roles: readonly string[];
  readonly subject: string;
  readonly api: ApiClient;
}

/** Everyone of a people file with a login, signed in under one password: as a company's people would be at their desks. */
export class Company {
  readonly #bySubject = new Map<string, SignedIn>();

  private constructor(readonly people: readonly SignedIn[]) {
    for (const person of people) this.#bySubject.set(person.subject, person);
  }

  static async signIn(api: ApiClient, peopleFile: string, password: string): Promise<Company> {
    const rows = z.array(zRow).parse(parse(readFileSync(peopleFile), { columns: true, bom: true }));
    const latest = new Map(rows.filter(({ login }) => login !== '').map((row) => [row.employee_no, row]));
    const people: SignedIn[] = [];
    for (const row of latest.values()) {
      const session = await api.post('/session', zSession, { body: { login: row.login, password } });
      people.push({
        employeeNo: row.employee_no,
        login: row.login,
        roles: row.roles.split(';'),
        subject: session.subject,
        api: api.as(session.token),
      });
    }
    return new Company(people);
  }

  /** Thrown when nobody of the file has the role: Error. */
  withRole(role: string): SignedIn {
    const found = this.people.find(({ roles }) => roles[0] === role);
    if (!found) throw new Error(`nobody of the company has the role ${role}`);
    return found;
  }

  who(subject: string): SignedIn {
    const found = this.#bySubject.get(subject);
    if (!found) throw new Error(`${subject} is nobody of the company's file`);
    return found;
  }

  employee(employeeNo: string): SignedIn {
    const found = this.people.find((person) => person.employeeNo === employeeNo);
    if (!found) throw new Error(`no employee ${employeeNo}`);
    return found;
  }
}
