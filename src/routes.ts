/**
 * The table of page addresses, in the order in which they are tried: fixed words before parameters.
 * An address that people read is French, the same in both languages.
 */
import { apiPageOf } from './api-page.tsx';
import type { InstancePage } from './domains/identity/instance-visit.ts';
import { aidCertificatePage } from './domains/alliance/pages/aid-certificate.tsx';
import { aidPage } from './domains/alliance/pages/aid.tsx';
import { aidTiesPage } from './domains/alliance/pages/aid-ties.tsx';
import { grantNewPage } from './domains/alliance/pages/grant-new.tsx';
import { organisationAidPage } from './domains/alliance/pages/organisation-aid.tsx';
import { bankMovementPage } from './domains/alliance/bank/pages/bank-movement.tsx';
import { documentFilePage } from './domains/alliance/documents/pages/document-file.tsx';
import { documentPage } from './domains/alliance/documents/pages/document.tsx';
import { documentsPage } from './domains/alliance/documents/pages/documents.tsx';
import { bankPage } from './domains/alliance/bank/pages/bank.tsx';
import { agreementEditPage } from './domains/alliance/pages/agreement-edit.tsx';
import { agreementNewPage } from './domains/alliance/pages/agreement-new.tsx';
import { agreementPage } from './domains/alliance/pages/agreement.tsx';
import { agreementTextPage } from './domains/alliance/pages/agreement-text.tsx';
import { agreementsPage } from './domains/alliance/pages/agreements.tsx';
import { expenseNewPage } from './domains/alliance/pages/expense-new.tsx';
import { expensePage } from './domains/alliance/pages/expense.tsx';
import { expensesPage } from './domains/alliance/pages/expenses.tsx';
import { instalmentPage } from './domains/alliance/pages/instalment.tsx';
import { moneyPage } from './domains/alliance/pages/money.tsx';
import { receivablesPage } from './domains/alliance/pages/receivables.tsx';
import { needsImportPage, needsLoadPage } from './domains/support/pages/needs-load.tsx';
import { offersImportPage, offersLoadPage } from './domains/support/pages/offers-load.tsx';
import { importPage } from './domains/imports/pages/import.tsx';
import { importsPage } from './domains/imports/pages/imports.tsx';
import { reportChangesPage } from './domains/delivery/reports/pages/report-changes.tsx';
import { reportsPage } from './domains/delivery/reports/pages/reports.tsx';
import { organisationAccountPage } from './domains/delivery/pages/organisation-account.tsx';
import { organisationPromisesPage } from './domains/delivery/pages/organisation-promises.tsx';
import { planSessionPage } from './domains/delivery/pages/plan-session.tsx';
import { sessionCalendarPage } from './domains/delivery/pages/session-calendar.tsx';
import { sessionMovePage } from './domains/delivery/pages/session-move.tsx';
import { sessionPage } from './domains/delivery/pages/session.tsx';
import { sessionsPage } from './domains/delivery/pages/sessions.tsx';
import { valuationPage } from './domains/delivery/pages/valuation.tsx';
import { valuationsPage } from './domains/delivery/pages/valuations.tsx';
import { weekPage } from './domains/delivery/pages/week.tsx';
import { linkSentPage } from './domains/identity/pages/link-sent.tsx';
import { linkPage } from './domains/identity/pages/link.tsx';
import { mailsPage } from './domains/identity/pages/mails.tsx';
import { passkeyQuestionPage } from './domains/identity/pages/passkey-question.tsx';
import { signInPage } from './domains/identity/pages/sign-in.tsx';
import { signOutPage } from './domains/identity/pages/sign-out.tsx';
import { bookAccountPage } from './domains/ledger/pages/book-account.tsx';
import { bookEntryPage } from './domains/ledger/pages/book-entry.tsx';
import { chainPage } from './domains/ledger/pages/chain.tsx';
import { fiscalYearsPage } from './domains/ledger/pages/fiscal-years.tsx';
import { generalLedgerPage } from './domains/ledger/pages/general-ledger.tsx';
import { programmePage } from './domains/ledger/pages/programme.tsx';
import { programmesPage } from './domains/ledger/pages/programmes.tsx';
import { booksPage } from './domains/ledger/pages/books.tsx';
import { certificatePage } from './domains/matching/pages/certificate.tsx';
import { explorerPage } from './domains/matching/pages/explorer.tsx';
import { matchNewPage } from './domains/matching/pages/match-new.tsx';
import { matchPage } from './domains/matching/pages/match.tsx';
import { matchesPage } from './domains/matching/pages/matches.tsx';
import { plansPage } from './domains/matching/pages/plans.tsx';
import { roundNewPage } from './domains/matching/pages/round-new.tsx';
import { roundPage } from './domains/matching/pages/round.tsx';
import { runStatePage } from './domains/matching/pages/run-state.tsx';
import { runPage } from './domains/matching/pages/run.tsx';
import { conflictsPage } from './domains/matching/pages/conflicts.tsx';
import { homePage } from './domains/observatory/pages/home.tsx';
import { hoursPage } from './domains/observatory/pages/hours.tsx';
import { landingPage } from './domains/observatory/pages/landing.tsx';
import { needsMetPage } from './domains/observatory/pages/needs-met.tsx';
import { organisationPage } from './domains/observatory/pages/organisation.tsx';
import { needEditPage } from './domains/support/pages/need-edit.tsx';
import { needNewPage } from './domains/support/pages/need-new.tsx';
import { needPage } from './domains/support/pages/need.tsx';
import { needsPage } from './domains/support/pages/needs.tsx';
import { offerEditPage } from './domains/support/pages/offer-edit.tsx';
import { offerNewPage } from './domains/support/pages/offer-new.tsx';
import { offerRatePage } from './domains/support/pages/offer-rate.tsx';
import { offerPage } from './domains/support/pages/offer.tsx';
import { offersPage } from './domains/support/pages/offers.tsx';
import { changesWaitingPage } from './domains/territory/pages/changes-waiting.tsx';
import { themesPage } from './domains/support/pages/themes.tsx';
import { demonstrationEnterPage } from './domains/territory/pages/demonstration-enter.tsx';
import { demonstrationPage } from './domains/territory/pages/demonstration.tsx';
import { newsFeed, siteMap } from './domains/territory/pages/feeds.ts';
import { duplicatesPage } from './domains/territory/pages/duplicates.tsx';
import { organisationLifePage } from './domains/territory/pages/organisation-life.tsx';
import { organisationLogoPage } from './domains/territory/pages/organisation-logo.tsx';
import { organisationMergePage } from './domains/territory/pages/organisation-merge.tsx';
import { mapOutlinePage } from './domains/territory/pages/map-outline.tsx';
import { mapPage } from './domains/territory/pages/map.tsx';
import { mePage } from './domains/territory/pages/me.tsx';
import { privacyPage } from './domains/territory/pages/notices.tsx';
import { accessibilityPage } from './domains/territory/pages/notices.tsx';
import { organisationEditPage } from './domains/territory/pages/organisation-edit.tsx';
import { organisationHistoryPage } from './domains/territory/pages/organisation-history.tsx';
import { organisationNewPage } from './domains/territory/pages/organisation-new.tsx';
import { logoPicture, sharePicture } from './domains/territory/pages/organisation-pictures.ts';
import { organisationsPage } from './domains/territory/pages/organisations.tsx';
import { peoplePage } from './domains/territory/pages/people.tsx';
import { personInvitePage } from './domains/territory/pages/person-invite.tsx';
import { personPage } from './domains/territory/pages/person.tsx';
import { savedViewsPage } from './domains/territory/pages/saved-views.tsx';
import type { TerritoryPage } from './domains/territory/visit.ts';

// A table of pages whose data differ: each is only ever given its own.
// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
export const territoryPages: readonly TerritoryPage<any>[] = [
  homePage,
  newsFeed,
  siteMap,
  agreementsPage,
  agreementNewPage,
  agreementPage,
  agreementEditPage,
  agreementTextPage,
  moneyPage,
  receivablesPage,
  instalmentPage,
  bankPage,
  bankMovementPage,
  documentsPage,
  documentPage,
  documentFilePage,
  reportsPage,
  reportChangesPage,
  expensesPage,
  expenseNewPage,
  expensePage,
  offersLoadPage,
  offersImportPage,
  needsLoadPage,
  needsImportPage,
  accessibilityPage,
  changesWaitingPage,
  themesPage,
  aidPage,
  grantNewPage,
  aidTiesPage,
  offersPage,
  offerNewPage,
  offerPage,
  offerEditPage,
  offerRatePage,
  needsPage,
  needNewPage,
  needPage,
  needEditPage,
  needsMetPage,
  booksPage,
  fiscalYearsPage,
  chainPage,
  bookEntryPage,
  generalLedgerPage,
  programmesPage,
  programmePage,
  valuationsPage,
  valuationPage,
  bookAccountPage,
  mapPage,
  mapOutlinePage,
  demonstrationPage,
  demonstrationEnterPage,
  duplicatesPage,
  hoursPage,
  importsPage,
  importPage,
  matchesPage,
  matchNewPage,
  matchPage,
  planSessionPage,
  mePage,
  organisationsPage,
  organisationNewPage,
  organisationPage,
  organisationAccountPage,
  organisationAidPage,
  aidCertificatePage,
  organisationPromisesPage,
  organisationEditPage,
  organisationHistoryPage,
  organisationMergePage,
  organisationLifePage,
  organisationLogoPage,
  logoPicture,
  sharePicture,
  peoplePage,
  personInvitePage,
  personPage,
  plansPage,
  roundNewPage,
  conflictsPage,
  roundPage,
  runPage,
  certificatePage,
  explorerPage,
  runStatePage,
  sessionsPage,
  sessionPage,
  sessionCalendarPage,
  sessionMovePage,
  weekPage,
  savedViewsPage,
  privacyPage,
];

/** Pages of the instance, which belong to no territory. */
// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
export const instancePages: readonly InstancePage<any>[] = [
  landingPage,
  apiPageOf(territoryPages),
  signInPage,
  passkeyQuestionPage,
  linkSentPage,
  linkPage,
  signOutPage,
  mailsPage,
];
