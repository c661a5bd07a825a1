import type { DynamicModule, Type } from '@nestjs/common';
import { AppealModule, type AppealDesk, appealProjections, createAppealDesk, createAppealReader, createAppealWork } from '#libs/appeal';
import type { AppealReader, AppealWork } from '#libs/appeal/contracts';
import {
  type AppraisalActs,
  AppraisalModule,
  appraisalProjections,
  appraisalReactors,
  createAppraisalActs,
  createAppraisalReader,
  createCycleSweeps,
  createScoring,
  type Scoring,
} from '#libs/appraisal';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import {
  createCyclePhases,
  createCycleReader,
  createCycleStart,
  CycleModule,
  type CyclePhases,
  cycleProjections,
  cycleReactors,
  type CycleStart,
} from '#libs/cycle';
import type { CycleReader, CycleSweeps } from '#libs/cycle/contracts';
import {
  BUILT_IN_PROFILES,
  createFactImports,
  createFactsReader,
  createFactStore,
  createImportProfiles,
  createImportProfilesReader,
  type FactImports,
  FactsModule,
  factsProjections,
} from '#libs/facts';
import type { FactsReader, ImportProfilesReader } from '#libs/facts/contracts';
import {
  createKnownPeopleQuery,
  createOrganisationReader,
  createPeopleImports,
  OrganisationModule,
  organisationProjections,
  type PeopleImports,
} from '#libs/organisation';
import type { OrganisationReader } from '#libs/organisation/contracts';
import {
  createPayoutDesk,
  createPayoutReader,
  createPayoutWork,
  type PayoutDesk,
  PayoutModule,
  payoutProjections,
  payoutReactors,
} from '#libs/payout';
import type { PayoutReader, PayoutWork } from '#libs/payout/contracts';
import type { AnyProjection, AnyReactor } from '#libs/projections';
import {
  createSchemeReader,
  createSchemeSource,
  type SchemeReader,
  SchemeModule,
  schemeVersionProjection,
  type SchemeSource,
} from '#libs/scheme';
import {
  createTargetImports,
  createTargetsReader,
  createTargetStore,
  type TargetImports,
  TargetsModule,
  targetsProjections,
} from '#libs/targets';
import type { TargetsReader } from '#libs/targets/contracts';
import type { Core } from './core';

export interface Readers {
  readonly organisation: OrganisationReader;
  readonly targets: TargetsReader;
  readonly facts: FactsReader;
  readonly profiles: ImportProfilesReader;
  readonly schemes: SchemeReader;
  readonly schemeSource: SchemeSource;
  readonly cycles: CycleReader;
  readonly appraisals: AppraisalReader;
  readonly appeals: AppealReader;
  readonly payouts: PayoutReader;
}

export interface Services {
  readonly people: PeopleImports;
  readonly targetImports: TargetImports;
  readonly factImports: FactImports;
  readonly cycleStart: CycleStart;
  readonly cyclePhases: CyclePhases;
  readonly scoring: Scoring;
  readonly sweeps: CycleSweeps;
  readonly acts: AppraisalActs;
  readonly appealDesk: AppealDesk;
  readonly appealWork: AppealWork;
  readonly payoutDesk: PayoutDesk;
  readonly payoutWork: PayoutWork;
}

/** The product: what each feature gives, each made once and handed to whoever needs it. */
export interface Features {
  readonly readers: Readers;
  readonly services: Services;
  /** Nest modules with the command handlers. */
  readonly modules: readonly (DynamicModule | Type)[];
  readonly projections: readonly AnyProjection[];
  readonly reactors: readonly AnyReactor[];
}

export function assembleFeatures(core: Core): Features {
  const readers = makeReaders(core);
  const services = makeServices(core, readers);
  const { runner, privacy } = core;
  const profiles = createImportProfiles({ runner, organisation: readers.organisation, texts: privacy });
  return {
    readers,
    services,
    modules: [
      OrganisationModule.with(services.people),
      TargetsModule.with(services.targetImports),
      FactsModule.with({ imports: services.factImports, profiles }),
      SchemeModule,
      CycleModule.with(services.cycleStart),
      AppraisalModule.with(services.acts),
      AppealModule.with(services.appealDesk),
      PayoutModule.with(services.payoutDesk),
    ],
    projections: ALL_PROJECTIONS,
    reactors: makeReactors(readers, services),
  };
}

const ALL_PROJECTIONS: readonly AnyProjection[] = [
  ...organisationProjections,
  ...targetsProjections,
  ...factsProjections,
  schemeVersionProjection,
  ...cycleProjections,
  ...appraisalProjections,
  ...appealProjections,
  ...payoutProjections,
];

/** What membership and scores are taken from: a sweep waits until these have reached its position. */
const SWEEP_READS: readonly AnyProjection[] = [...organisationProjections, ...targetsProjections, ...factsProjections];

function makeReaders({ readDb }: Core): Readers {
  const organisation = createOrganisationReader(readDb);
  const targets = createTargetsReader({ db: readDb, organisation });
  const schemes = createSchemeReader(readDb);
  return {
    organisation,
    targets,
    facts: createFactsReader({ db: readDb, organisation, targets }),
    profiles: createImportProfilesReader(readDb, BUILT_IN_PROFILES),
    schemes,
    schemeSource: createSchemeSource(schemes),
    cycles: createCycleReader(readDb),
    appraisals: createAppraisalReader(readDb),
    appeals: createAppealReader(readDb),
    payouts: createPayoutReader(readDb),
  };
}

function makeServices(core: Core, readers: Readers): Services {
  const { runner, log, readDb: read, clock, ids, privacy: texts, registry, vault } = core;
  const { organisation, facts, cycles, appraisals, appeals, payouts, schemes, schemeSource } = readers;
  const scoring = createScoring({ facts, schemes: schemeSource, appraisals });
  const payoutParts = { runner, clock, log, read, cycles, appraisals, appeals, organisation, privacy: texts, explain: scoring.explain };
  return {
    scoring,
    appealDesk: createAppealDesk({ runner, ids, organisation, appraisals, cycles, facts, vault }),
    people: createPeopleImports({ runner, streams: log, known: createKnownPeopleQuery(read), reader: organisation, texts, ids }),
    targetImports: createTargetImports({ runner, log, store: createTargetStore(read), organisation, texts }),
    factImports: createFactImports({ runner, log, store: createFactStore(read), facts, organisation, texts }),
    cycleStart: createCycleStart({
      runner,
      log,
      read,
      clock,
      organisation,
      cycles,
      appraisals,
      schemeVersions: schemes,
      schemes: schemeSource,
      waitsFor: organisationProjections,
    }),
    cyclePhases: createCyclePhases({ runner, log, read, organisation, appraisals, appeals, payouts }),
    sweeps: createCycleSweeps({
      runner,
      clock,
      read,
      log,
      registry,
      cycles,
      organisation,
      appraisals,
      schemes: schemeSource,
      scoring,
      waitsFor: SWEEP_READS,
    }),
    acts: createAppraisalActs({ runner, log, cycles, organisation, schemes: schemeSource, scoring, texts }),
    appealWork: createAppealWork({ runner, clock, ids, organisation, appraisals }),
    payoutDesk: createPayoutDesk(payoutParts),
    payoutWork: createPayoutWork(payoutParts),
  };
}

function makeReactors(readers: Readers, { scoring }: Services): readonly AnyReactor[] {
  const { appraisals, appeals } = readers;
  return [...cycleReactors(), ...appraisalReactors({ scoring }), ...payoutReactors({ appraisals, appeals, explain: scoring.explain })];
}
