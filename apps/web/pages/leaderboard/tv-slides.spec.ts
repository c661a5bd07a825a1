import { isNameless, nextNamed, slidesOf, turned } from './tv-slides';

const unit = (name: string) => ({ unit: name, region: null, ranked: 3 });

describe('what a screen on a wall shows in turn', () => {
  it('is the company, then each region, then each team', () => {
    expect(slidesOf({ regions: [unit('south')], teams: [unit('one'), unit('two')] })).toEqual([
      { scope: 'company' },
      { scope: 'region', unit: 'south' },
      { scope: 'team', unit: 'one' },
      { scope: 'team', unit: 'two' },
    ]);
  });

  it('ends with the last page on which somebody may be named', () => {
    const named = { subject: '01a226b0-180f-7dbd-9cd6-368bfba5b54f' };
    const unnamed = { subject: null };
    expect(nextNamed({ items: [named, named], next: '8' })).toBe('8');
    expect(nextNamed({ items: [named, unnamed], next: '8' })).toBeUndefined();
    expect(nextNamed(undefined)).toBeUndefined();
    expect(isNameless({ items: [unnamed, unnamed], next: '16' })).toBe(true);
    expect(isNameless({ items: [named, unnamed] })).toBe(false);
    expect(isNameless({ items: [] })).toBe(false);
    expect(isNameless(undefined)).toBe(false);
  });

  it('goes through the pages of a board before the next board, and begins again after the last', () => {
    expect(turned({ slide: 0, after: undefined }, { slides: 2, next: '8' })).toEqual({ slide: 0, after: '8' });
    expect(turned({ slide: 0, after: '8' }, { slides: 2, next: undefined })).toEqual({ slide: 1, after: undefined });
    expect(turned({ slide: 1, after: undefined }, { slides: 2, next: undefined })).toEqual({ slide: 0, after: undefined });
  });
});
