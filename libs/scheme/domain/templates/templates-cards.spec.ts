import { compiledTemplate } from '../../application/templates';
import { actionKeys, amounts, type Change, errors, points, scored } from './worked-examples.test-kit';

/* Templates 8 and 9: four-grade, discipline-70-30. */

describe('four-grade', () => {
  const month = (amount: string) => {
    const result = scored('08-month', { facts: { 'sales.amount': amount } });
    return [result.score, result.grade, result.outcome['pay_tier'], ...actionKeys(result)];
  };

  it('decides pay tier and follow-up by grade', () => {
    expect(month('90000')).toEqual(['90.00', 'A', 'highest', 'promotion-priority']);
    expect(month('89994.99')).toEqual(['89.99', 'B', 'keep', 'promotion-eligible']);
    expect(month('75000')).toEqual(['75.00', 'B', 'keep', 'promotion-eligible']);
    expect(month('74990')).toEqual(['74.99', 'C', 'keep', 'improvement-talk']);
    expect(month('60000')).toEqual(['60.00', 'C', 'keep', 'improvement-talk']);
    expect(month('59990')).toEqual(['59.99', 'D', 'down-one', 'coaching-plan']);
    expect(month('250000')).toEqual(['100.00', 'A', 'highest', 'promotion-priority']);
  });

  it('grades the score as rounded', () => {
    expect(month('89995')).toEqual(['90.00', 'A', 'highest', 'promotion-priority']);
  });

  it('reads in each kind of period what it scores there', () => {
    expect(errors('08-month', { facts: { 'satisfaction.rate': '101', 'customers.new_target': '0' }, ratings: { teamwork: 'x' } })).toEqual(
      [],
    );
    expect(
      errors('08-quarter', { facts: { 'satisfaction.rate': '101', 'customers.new_target': '0' }, ratings: { teamwork: 'x' } }),
    ).toEqual(['zero-target customers.new_target', 'out-of-range satisfaction.rate']);
    expect(errors('08-year', { ratings: { teamwork: '100.1' } })).toEqual(['out-of-range teamwork']);
    expect(errors('08-year', { ratings: { teamwork: undefined } })).toEqual(['missing-rating teamwork']);
  });

  it('has its forced distribution ready but off', () => {
    expect(compiledTemplate('four-grade').document.distribution).toMatchObject({ enabled: false, per: 'department', atLeast: '20' });
  });
});

describe('discipline-70-30', () => {
  const lines = (change: Change, name = '09-rep') => points(scored(name, change));
  /** A card without a fault. */
  const CLEAN = { dealers: [], key_account_visits: '0' };

  it('weighs daily work and attendance, each rounded before they are added', () => {
    const result = scored('09-rep', {
      ratings: { ...CLEAN, visit_log: '9.95' },
      facts: { 'absences.full_days': '0', 'absences.half_days': '0' },
    });
    expect(lines({ ratings: { ...CLEAN, visit_log: '9.95' } })).toMatchObject({ visit_log: '9.95', daily_work: '99.95' });
    expect(result.score).toBe('99.97');
  });

  it('shows cards, but counts only their sum', () => {
    const result = scored('09-rep');
    expect(result.sections.map(({ key }) => key)).toEqual(['rep_card', 'result']);
    expect(result.score).toBe('92.00');
  });

  it('takes 4 for each whole day and each half day, not under 0', () => {
    const attendance = (full: string, half: string) =>
      lines({ facts: { 'absences.full_days': full, 'absences.half_days': half } })['attendance'];
    expect(attendance('0', '0')).toBe('100.00');
    expect(attendance('0', '3')).toBe('88.00');
    expect(attendance('20', '6')).toBe('0.00');
    expect(errors('09-rep', { facts: { 'absences.full_days': '0.5', 'absences.half_days': '1.5' } })).toEqual([
      'not-whole absences.full_days',
      'not-whole absences.half_days',
    ]);
  });

  describe('the card of a representative', () => {
    it('takes 5 for each failure with dealers', () => {
      expect(lines({ ratings: { dealers: undefined } })['dealers']).toBe('30.00');
      const all = ['terminal-report', 'network-plan', 'end-user-problem', 'policy-or-stock', 'special-problem', 'rebate-forms'];
      expect(lines({ ratings: { dealers: all } })['dealers']).toBe('0.00');
      expect(errors('09-rep', { ratings: { dealers: ['terminal-report', 'terminal-report'] } })).toEqual(['duplicate-item dealers']);
    });

    it('counts missing fields of key account visits: 10, 7, 0', () => {
      const visits = (count: string) => lines({ ratings: { key_account_visits: count } })['key_account_visits'];
      expect([visits('0'), visits('1'), visits('2'), visits('9')]).toEqual(['10.00', '7.00', '0.00', '0.00']);
      expect(errors('09-rep', { ratings: { key_account_visits: '1.5' } })).toEqual(['not-whole key_account_visits']);
      expect(errors('09-rep', { ratings: { key_account_visits: '-1' } })).toEqual(['out-of-range key_account_visits']);
    });

    it('loses four lines whole when a weekly report failed, whose ratings are still asked', () => {
      expect(lines({ ratings: { weekly_report_failed: '1' } })).toMatchObject({
        weekly_summary: '0.00',
        weekly_plan: '0.00',
        key_account_visits: '0.00',
        visit_log: '0.00',
        market_information: '5.00',
      });
      expect(errors('09-rep', { ratings: { weekly_report_failed: '1', visit_log: undefined, weekly_plan: '10.1' } })).toEqual([
        'missing-rating visit_log',
        'out-of-range weekly_plan',
      ]);
    });

    it('has no points for what was untrue', () => {
      expect(lines({ ratings: { untrue: ['weekly_plan', 'market_information'] } })).toMatchObject({
        weekly_summary: '10.00',
        weekly_plan: '0.00',
        market_information: '0.00',
      });
      expect(errors('09-rep', { ratings: { untrue: ['visit_log'] } })).toEqual(['unknown-value untrue']);
    });

    it('takes 2 for each late plan or review and all for any breach of vehicle rules', () => {
      expect(lines({ ratings: { advertising_plan: '1', promotion_plan: '2', promotion_review: '3', vehicle_rules: '1' } })).toMatchObject({
        advertising_plan: '3.00',
        promotion_plan: '1.00',
        promotion_review: '0.00',
        vehicle_rules: '0.00',
      });
    });

    it('doubles what is missing from a line not handed in repeatedly, not under 0', () => {
      const repeated = ['dealers', 'key_account_visits', 'weekly_summary', 'quality_feedback'];
      expect(lines({ ratings: { repeated, quality_feedback: '2' } })).toMatchObject({
        dealers: '20.00',
        key_account_visits: '4.00',
        weekly_summary: '10.00',
        quality_feedback: '0.00',
      });
      expect(errors('09-rep', { ratings: { repeated: ['weekly_report_failed'] } })).toEqual(['unknown-value repeated']);
      expect(errors('09-rep', { ratings: { repeated: ['monthly_plan'] } })).toEqual(['unknown-value repeated']);
      expect(errors('09-rep', { ratings: { repeated: ['daily_work'] } })).toEqual(['unknown-value repeated']);
      expect(errors('09-rep', { ratings: { repeated: ['dealers', 'dealers'] } })).toEqual(['duplicate-item repeated']);
    });
  });

  it('a regional manager needs training on record and a report in time', () => {
    expect(lines({ ratings: { training_sessions: '0', report_late: '1' } }, '09-regional-manager')).toMatchObject({
      training_sessions: '0.00',
      report_late: '0.00',
      daily_work: '72.50',
    });
  });

  describe('the card of field service', () => {
    const service = (ratings: Record<string, unknown>) => lines({ ratings }, '09-field-service');

    it('deducts and never goes under 0 in a line', () => {
      expect(service({ reachability: '6', reachability_harm: undefined })['reachability']).toBe('0.00');
      expect(service({ reachability: '0', reachability_harm: ['1', '2.5'] })['reachability']).toBe('6.50');
      expect(service({ complaints: ['5', '2'], complaints_media: ['5'] })['complaints']).toBe('0.00');
      expect(service({ complaints: undefined })['complaints']).toBe('10.00');
      expect(service({ training: '5', training_absences: '2' })['training']).toBe('0.00');
      expect([service({ dealer_opinion: 'satisfied' }), service({ dealer_opinion: 'poor' })].map((card) => card['dealer_opinion'])).toEqual(
        ['10.00', '0.00'],
      );
    });

    it('refuses deductions outside their range', () => {
      const refused = (ratings: Record<string, unknown>) => errors('09-field-service', { ratings });
      expect(refused({ complaints: ['1.99'], complaints_media: ['10.01'], reachability_harm: ['0'] })).toEqual([
        'out-of-range complaints',
        'out-of-range complaints_media',
        'out-of-range reachability_harm',
      ]);
      expect(refused({ complaints: '3', dealer_opinion: 'good', reachability_harm: ['x'] })).toEqual([
        'unknown-value complaints',
        'unknown-value dealer_opinion',
        'invalid-number reachability_harm',
      ]);
    });

    it('takes 10 for one false claim and 30 for more, which removes from the post', () => {
      const claims = (count: string, ratings: Record<string, unknown> = {}) =>
        scored('09-field-service', { ratings: { ...ratings, false_claims: count } });
      expect([points(claims('2'))['daily_work'], actionKeys(claims('2'))]).toEqual(['48.00', ['removal-from-post']]);
      expect([points(claims('5'))['daily_work'], actionKeys(claims('1'))]).toEqual(['48.00', []]);
      const poor = {
        competence: '0',
        workshop_quality: '0',
        dealer_opinion: 'poor',
        reports_and_plans: '0',
        training: '0',
        service_campaigns: '0',
      };
      expect(points(claims('2', poor))['daily_work']).toBe('0.00');
    });

    it('doubles deductions of its own lines only', () => {
      expect(service({ repeated: ['reachability', 'training', 'competence'] })).toMatchObject({
        reachability: '0.00',
        training: '4.00',
        competence: '6.00',
      });
      expect(errors('09-field-service', { ratings: { repeated: ['false_claims'] } })).toEqual(['unknown-value repeated']);
      expect(errors('09-field-service', { ratings: { repeated: ['dealers'] } })).toEqual(['unknown-value repeated']);
    });
  });

  it('pays daily work by the card, not by attendance, and 1 % of sales above plan', () => {
    const result = scored('09-rep', { facts: { 'absences.full_days': '25', 'plan.actual': '120000.50' } });
    expect(amounts(result)).toEqual({ base: '5000.00', plan_completion: '4200.02', daily_work: '1380.00', over_plan_bonus: '200.01' });
  });

  it('asks for a role it knows, and reads no line of a card without one', () => {
    expect(errors('09-rep', { employee: {} })).toEqual(['missing-attribute employee.role']);
    expect(errors('09-rep', { employee: { role: null }, ratings: { dealers: 'x' } })).toEqual(['missing-attribute employee.role']);
    expect(
      errors('09-rep', { employee: { role: 'boss' }, facts: { 'plan.target': '0' }, ratings: { weekly_plan: 'x', repeated: ['x'] } }),
    ).toEqual(['unknown-value employee.role', 'zero-target plan.target']);
  });

  it('reads only the card of the role', () => {
    expect(errors('09-rep', { ratings: { competence: '999', monthly_plan: 'x' } })).toEqual([]);
    expect(errors('09-rep', { employee: { role: 'regional_manager' } })).toEqual([
      'missing-rating managing_reps',
      'missing-rating monthly_plan',
      'missing-rating monthly_summary',
      'missing-rating proposals',
      'missing-rating report_late',
      'missing-rating training_sessions',
      'missing-rating weekly_review',
    ]);
  });

  it('a year asks neither for a role nor for facts', () => {
    expect(errors('09-year', { employee: {} })).toEqual([]);
    expect(errors('09-year', { history: [] })).toEqual(['missing-history history']);
  });
});
