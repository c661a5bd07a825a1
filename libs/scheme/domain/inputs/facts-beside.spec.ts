import { compiledTemplate } from '../../application/templates';
import { factsBesideLines } from './facts-beside.policy';

describe('facts beside a line that somebody fills in', () => {
  it('are those of its section where its indicator reads none', () => {
    const beside = factsBesideLines(compiledTemplate('weighted-70-20-10'), 'month', ['knowledge', 'diligence']);
    expect(beside.get('diligence')).toEqual(['absences.days', 'complaints.filed']);
    expect(beside.get('knowledge')).toBeUndefined();
  });

  it('are none in a kind of period that the scheme does not take', () => {
    expect(factsBesideLines(compiledTemplate('weighted-70-20-10'), 'quarter', ['knowledge']).size).toBe(0);
  });
});
