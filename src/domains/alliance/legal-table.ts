/** The lines of the legal table; `legal-parameters.ts` says how it is read. Amounts are cents, shares parts of a million. */

export interface LegalParameter {
  readonly code: string;
  readonly value: bigint;
  /** First and last day; null when it has no end yet. */
  readonly from: string;
  readonly until: string | null;
  /** The rule that reads it. */
  readonly rule: string;
  readonly standing: 'read' | 'known' | 'reading';
  readonly source: string;
}

/** Changes with each change of the table, and is kept with each decision that read it. */
export const LEGAL_TABLE_VERSION = '2026-11-27';

const REGULATION = 'Regulation (EU) 2023/2831';
const ALWAYS = '2000-01-01';

export const LEGAL_TABLE = [
  // Windows and ceilings (DM-01, DM-02, DM-11, DM-12).
  line('window-years', 3n, ALWAYS, null, 'DM-02', 'read', 'Wallonia’s State aid service, example of 30/01/2024'),
  line('window-includes-first-day', 1n, ALWAYS, null, 'DM-02', 'reading', 'Both ends included: the prudent reading'),
  line(
    'ceiling-general',
    20_000_000n,
    '2014-01-01',
    '2023-12-31',
    'DM-17',
    'known',
    'Regulation (EU) 1407/2013, art. 3',
  ),
  line('ceiling-general', 30_000_000n, '2024-01-01', '2030-12-31', 'DM-01', 'read', `${REGULATION}: EUR-Lex summary`),
  line('ceiling-sgei', 50_000_000n, '2012-04-29', '2023-12-31', 'DM-11', 'known', 'Regulation (EU) 360/2012'),
  line('ceiling-sgei', 75_000_000n, '2024-01-01', '2030-12-31', 'DM-11', 'read', 'Regulation (EU) 2023/2832'),
  line('ceiling-agriculture', 2_000_000n, '2019-03-14', '2024-12-15', 'DM-11', 'known', 'Regulation (EU) 2019/316'),
  line(
    'ceiling-agriculture',
    5_000_000n,
    '2024-12-16',
    '2032-12-31',
    'DM-11',
    'read',
    'Regulation (EU) 1408/2013 as amended in 2024',
  ),
  line(
    'ceiling-fishery',
    3_000_000n,
    '2014-07-01',
    '2029-12-31',
    'DM-11',
    'read',
    'Senate report: 30,000, where the State has not chosen 40,000',
  ),
  line(
    'ceiling-innovation-advice',
    22_000_000n,
    '2023-07-01',
    '2026-12-31',
    'DM-20',
    'known',
    'Regulation (EU) 651/2014, art. 28(4)',
  ),
  line(
    'ceiling-general-with-farming',
    20_000_000n,
    '2014-01-01',
    '2023-12-31',
    'DM-12',
    'known',
    'Regulation (EU) 1407/2013, art. 5(1)',
  ),
  line(
    'ceiling-general-with-farming',
    30_000_000n,
    '2024-01-01',
    '2030-12-31',
    'DM-12',
    'known',
    `${REGULATION}, art. 5(2)`,
  ),
  // Gross grant equivalent (DM-06, DM-13).
  line(
    'discount-margin-per-million',
    10_000n,
    '2008-07-01',
    null,
    'DM-06',
    'read',
    'OJ C 14 of 19.1.2008: 100 basis points over the base rate',
  ),
  line(
    'discount-base-rate-per-million',
    3_400n,
    '2015-01-01',
    '2015-01-31',
    'DM-06',
    'read',
    'OJ C 465/15 of 24.12.2014, France',
  ),
  line(
    'discount-base-rate-per-million',
    -3_100n,
    '2020-05-01',
    '2020-05-31',
    'DM-06',
    'read',
    'OJ C 171/3 of 19.5.2020, France',
  ),
  line('loan-cents-5-years', 150_000_000n, '2024-01-01', '2030-12-31', 'DM-13', 'known', `${REGULATION}, art. 4(3)`),
  line('loan-cents-10-years', 75_000_000n, '2024-01-01', '2030-12-31', 'DM-13', 'known', `${REGULATION}, art. 4(3)`),
  line('loan-secured-per-million', 500_000n, '2024-01-01', '2030-12-31', 'DM-13', 'known', `${REGULATION}, art. 4(3)`),
  line(
    'guarantee-cents-5-years',
    225_000_000n,
    '2024-01-01',
    '2030-12-31',
    'DM-13',
    'known',
    `${REGULATION}, art. 4(6)`,
  ),
  line(
    'guarantee-cents-10-years',
    112_500_000n,
    '2024-01-01',
    '2030-12-31',
    'DM-13',
    'known',
    `${REGULATION}, art. 4(6)`,
  ),
  line(
    'guarantee-share-per-million',
    800_000n,
    '2024-01-01',
    '2030-12-31',
    'DM-13',
    'known',
    `${REGULATION}, art. 4(6)`,
  ),
  // Register, declaration and notice (DM-14 to DM-16).
  line('register-working-days', 20n, '2026-01-01', null, 'DM-14', 'known', `${REGULATION}, art. 6`),
  line('register-kept-years', 10n, '2026-01-01', null, 'DM-14', 'known', `${REGULATION}, art. 6`),
  line('register-general', 1n, '2026-01-01', null, 'DM-15', 'read', 'Decree 2025-1361 of 26/12/2025'),
  line('register-sgei', 1n, '2026-01-01', null, 'DM-15', 'read', 'Decree 2025-1361 of 26/12/2025'),
  line('register-fishery', 1n, '2026-01-01', null, 'DM-15', 'read', 'Decree 2025-1361 of 26/12/2025'),
  line('register-agriculture', 1n, '2027-01-01', null, 'DM-15', 'read', 'Decree 2025-1361 of 26/12/2025'),
  line(
    'declaration-needed',
    1n,
    '2014-01-01',
    '2028-12-31',
    'DM-16',
    'known',
    `${REGULATION}, art. 7(4): until the register covers three years`,
  ),
  // In kind (IK-01 to IK-09).
  line('social-security-ceilings', 3n, '2021-01-01', null, 'IK-01', 'read', 'CGI art. 238 bis'),
  line('social-security-ceiling-year', 4_636_800n, '2024-01-01', '2024-12-31', 'IK-01', 'known', 'Order of 19/12/2023'),
  line('social-security-ceiling-year', 4_710_000n, '2025-01-01', '2025-12-31', 'IK-01', 'known', 'Order of 19/12/2024'),
  line(
    'social-security-ceiling-year',
    4_806_000n,
    '2026-01-01',
    '2026-12-31',
    'IK-01',
    'known',
    'Order of December 2025',
  ),
  line('reduction-per-million', 600_000n, ALWAYS, null, 'IK-02', 'read', 'CGI art. 238 bis'),
  line('reduction-above-per-million', 400_000n, '2021-01-01', null, 'IK-02', 'read', 'CGI art. 238 bis'),
  line('reduction-threshold', 200_000_000n, '2021-01-01', null, 'IK-02', 'read', 'CGI art. 238 bis'),
  line('gift-cap', 2_000_000n, '2020-01-01', null, 'IK-02', 'read', 'CGI art. 238 bis'),
  line('gift-cap-of-turnover-per-million', 5_000n, ALWAYS, null, 'IK-02', 'read', 'CGI art. 238 bis'),
  line('gift-carried-years', 5n, ALWAYS, null, 'IK-02', 'read', 'CGI art. 238 bis'),
  line('counterpart-per-million', 250_000n, ALWAYS, null, 'IK-04', 'read', 'Accepted ratio of one to four'),
  line('lender-employees', 5_000n, '2018-01-01', null, 'IK-06', 'read', 'Code du travail L8241-3'),
  line('borrower-employees', 250n, '2018-01-01', null, 'IK-06', 'read', 'Code du travail L8241-3'),
  line('borrower-years', 8n, '2018-01-01', null, 'IK-06', 'read', 'Code du travail L8241-3'),
  line('lending-years', 2n, '2018-01-01', null, 'IK-06', 'read', 'Code du travail L8241-3'),
  line('lending-years-general-interest', 3n, '2024-04-16', null, 'IK-06', 'read', 'Act of 15/04/2024'),
  line('staff-hours-year', 1_720n, '2014-01-01', null, 'IK-09', 'known', 'Regulation (EU) 2021/1060, art. 55'),
] as const satisfies readonly LegalParameter[];

function line<const Code extends string>(
  code: Code,
  value: bigint,
  from: string,
  until: string | null,
  rule: string,
  standing: LegalParameter['standing'],
  source: string,
) {
  return { code, value, from, until, rule, standing, source };
}
