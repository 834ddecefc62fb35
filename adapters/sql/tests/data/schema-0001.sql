BEGIN TRANSACTION;
CREATE TABLE acceptances (
	account_id TEXT NOT NULL, 
	rules_version TEXT NOT NULL, 
	accepted_at TEXT NOT NULL, 
	CONSTRAINT pk_acceptances PRIMARY KEY (account_id, rules_version), 
	CONSTRAINT fk_acceptances_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "acceptances" VALUES('camille','2025-2026','2026-05-10T09:12:56.000000Z');
CREATE TABLE accounts (
	id TEXT NOT NULL, 
	email TEXT NOT NULL, 
	password TEXT, 
	household_id TEXT NOT NULL, 
	state TEXT NOT NULL CONSTRAINT ck_accounts_state_known CHECK (state IN ('pending-email', 'invited', 'active')), 
	created_at TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT uq_accounts_email UNIQUE (email), 
	CONSTRAINT fk_accounts_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "accounts" VALUES('camille','camille@example.org','derived','martin-durand','active','2026-05-05T09:12:56.000000Z',1,1);
INSERT INTO "accounts" VALUES('dominique','dominique@example.org','derived','petit','active','2026-05-05T09:12:56.000000Z',1,1);
INSERT INTO "accounts" VALUES('invited','invited@example.org',NULL,'martin-durand','invited','2026-05-05T09:12:56.000000Z',0,1);
CREATE TABLE attempts (
	reference TEXT NOT NULL, 
	household_id TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	total_cents INTEGER NOT NULL CONSTRAINT ck_attempts_total_not_negative CHECK (total_cents >= 0), 
	credits_cents INTEGER NOT NULL CONSTRAINT ck_attempts_credits_not_negative CHECK (credits_cents >= 0), 
	created_at TEXT NOT NULL, 
	open_until TEXT NOT NULL, 
	state TEXT NOT NULL CONSTRAINT ck_attempts_state_known CHECK (state IN ('created', 'presented', 'paid', 'refused', 'abandoned', 'unknown', 'set-aside')), 
	provider_key TEXT, 
	redirect_url TEXT, 
	dues TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (reference), 
	CONSTRAINT fk_attempts_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_attempts_provider_key UNIQUE (provider_key)
)
 STRICT

;
INSERT INTO "attempts" VALUES('ALSH00000000000000000000000016','martin-durand','camille','ALSH','sandbox',1250,0,'2026-05-13T09:12:56.000000Z','2026-05-13T09:17:56.000000Z','presented','idop-16','https://pay.example.org/?idop=16','[{"request":16,"days":[{"day":"2026-05-27","amplitude":"JOURNEE-REPAS","hours":null}],"lines":[{"child":"lou","day":"2026-05-27","prestation":"JOURNEE","designation":"Journée","nature":"care","quantity":"1","unit_price":{"euros":"8.50"},"amount":850,"why":{"rule":"tariff.bracket","path":"tariffs[0].brackets[1]","label":"QF de 551 à 700","source":"délibération n° 2025-34","adjusted":[]},"aids":[],"together":null},{"child":"lou","day":"2026-05-27","prestation":"REPAS","designation":"Repas","nature":"meal","quantity":"1","unit_price":{"euros":"4.00"},"amount":400,"why":{"rule":"tariff.bracket","path":"tariffs[0].brackets[1]","label":"QF de 551 à 700","source":"délibération n° 2025-34","adjusted":[]},"aids":[],"together":null}]}]',1);
CREATE TABLE changes (
	id TEXT NOT NULL, 
	household_id TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	field_name TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	actor TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_changes PRIMARY KEY (id), 
	CONSTRAINT fk_changes_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "changes" VALUES('change-1','martin-durand','household','household.street',NULL,'1 place de l''Église','account/camille','2026-05-06T09:12:56.000000Z');
CREATE TABLE children (
	id TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	birth_date TEXT NOT NULL, 
	alike TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_children PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "children" VALUES('lou','Lou','Martin-Durand','2019-04-02','martindurandloumartindurand',1);
CREATE TABLE commands (
	household_id TEXT NOT NULL, 
	command_key TEXT NOT NULL, 
	arguments TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	CONSTRAINT pk_commands PRIMARY KEY (household_id, command_key), 
	CONSTRAINT fk_commands_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "commands" VALUES('martin-durand','tap-1','digest of arguments','16');
CREATE TABLE counters (
	series TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (series)
)
 STRICT

;
INSERT INTO "counters" VALUES('requests',16);
INSERT INTO "counters" VALUES('invoices/2026',16);
CREATE TABLE credit_note_lines (
	credit_note_number TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	invoice_number TEXT NOT NULL, 
	request_number INTEGER NOT NULL, 
	child_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	kept_cents INTEGER NOT NULL CONSTRAINT ck_credit_note_lines_kept_not_negative CHECK (kept_cents >= 0), 
	credited_cents INTEGER NOT NULL CONSTRAINT ck_credit_note_lines_credited_not_negative CHECK (credited_cents >= 0), 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_credit_note_lines PRIMARY KEY (credit_note_number, position), 
	CONSTRAINT fk_credit_note_lines_credit_note_number FOREIGN KEY(credit_note_number) REFERENCES credit_notes (number) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_credit_note_lines_invoice_number FOREIGN KEY(invoice_number) REFERENCES invoices (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "credit_note_lines" VALUES('ALSH-AV-2026-000001',0,'ALSH-2026-000001',16,'lou','2026-05-27',0,1250,'annulation au plus tard 7 jours avant : avoir');
CREATE TABLE credit_notes (
	number TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	household_id TEXT NOT NULL, 
	issued_at TEXT NOT NULL, 
	amount_cents INTEGER NOT NULL CONSTRAINT ck_credit_notes_amount_not_negative CHECK (amount_cents >= 0), 
	CONSTRAINT pk_credit_notes PRIMARY KEY (number), 
	CONSTRAINT fk_credit_notes_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "credit_notes" VALUES('ALSH-AV-2026-000001','ALSH','martin-durand','2026-05-14T09:12:56.000000Z',1250);
CREATE TABLE custodies (
	household_id TEXT NOT NULL, 
	child_id TEXT NOT NULL, 
	since TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_custodies PRIMARY KEY (household_id, child_id), 
	CONSTRAINT fk_custodies_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_custodies_child_id FOREIGN KEY(child_id) REFERENCES children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "custodies" VALUES('martin-durand','lou','2019-04-02',1);
CREATE TABLE dismissals (
	registered_id TEXT NOT NULL, 
	dossier_id TEXT NOT NULL, 
	agent_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_dismissals PRIMARY KEY (registered_id, dossier_id), 
	CONSTRAINT fk_dismissals_registered_id FOREIGN KEY(registered_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_dismissals_dossier_id FOREIGN KEY(dossier_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "dismissals" VALUES('martin-durand','petit','accueil','2026-05-13T09:12:56.000000Z',1);
CREATE TABLE documents (
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	household_id TEXT NOT NULL, 
	child_id TEXT, 
	file_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	content_type TEXT NOT NULL CONSTRAINT ck_documents_content_type_known CHECK (content_type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/heic')), 
	size_bytes INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	submitted_at TEXT NOT NULL, 
	submitted_by TEXT NOT NULL, 
	state TEXT NOT NULL CONSTRAINT ck_documents_state_known CHECK (state IN ('submitted', 'accepted', 'refused')), 
	valid_from TEXT, 
	valid_to TEXT, 
	reason TEXT, 
	reviewed_at TEXT, 
	reviewed_by TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_documents PRIMARY KEY (id), 
	CONSTRAINT fk_documents_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_documents_child_id FOREIGN KEY(child_id) REFERENCES children (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_documents_file_key UNIQUE (file_key)
)
 STRICT

;
INSERT INTO "documents" VALUES('document-1','fiche-sanitaire','martin-durand','lou','file-1','fiche sanitaire Lou.pdf','application/pdf',24,'5acd573bcb01f2472f67c6d8091ca8355671f6b475198029d6e684c091af7013','2026-05-10T09:12:56.000000Z','camille','submitted',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "documents" VALUES('document-2','domicile','martin-durand',NULL,'file-2','fiche sanitaire Lou.pdf','application/pdf',24,'5acd573bcb01f2472f67c6d8091ca8355671f6b475198029d6e684c091af7013','2026-05-10T09:12:56.000000Z','camille','accepted','2026-05-13','2027-05-12',NULL,'2026-05-13T09:12:56.000000Z','accueil',1);
INSERT INTO "documents" VALUES('document-3','fiche-sanitaire','martin-durand','lou','file-3','fiche sanitaire Lou.pdf','application/pdf',24,'5acd573bcb01f2472f67c6d8091ca8355671f6b475198029d6e684c091af7013','2026-05-10T09:12:56.000000Z','camille','refused',NULL,NULL,'la deuxième page manque','2026-05-13T09:12:56.000000Z','accueil',1);
CREATE TABLE household_adults (
	household_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	account_id TEXT, 
	first_name TEXT, 
	last_name TEXT, 
	birth_date TEXT, 
	family_situation TEXT CONSTRAINT ck_household_adults_family_situation_known CHECK (family_situation IN ('single', 'married', 'civil-union', 'cohabiting', 'separated', 'divorced', 'widowed')), 
	street TEXT, 
	postcode TEXT, 
	town TEXT, 
	email TEXT, 
	home_phone TEXT, 
	mobile_phone TEXT, 
	occupation TEXT, 
	employer TEXT, 
	work_phone TEXT, 
	alike TEXT NOT NULL, 
	CONSTRAINT pk_household_adults PRIMARY KEY (household_id, position), 
	CONSTRAINT fk_household_adults_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "household_adults" VALUES('martin-durand',0,'camille','Camille','Martin-Durand',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'martindurandcamillemartindurand');
INSERT INTO "household_adults" VALUES('morel',0,NULL,'Charlie','Morel','1988-02-29','civil-union','1 place de l''Église','04200','Aubignosc','charlie@example.org','0492000000','+352621123456','boulangère','Mairie d''Aubignosc','0492000001','morelcharliemorel');
INSERT INTO "household_adults" VALUES('morel',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'');
CREATE TABLE households (
	id TEXT NOT NULL, 
	street TEXT, 
	postcode TEXT, 
	town TEXT, 
	phone TEXT, 
	children_count INTEGER, 
	facts TEXT NOT NULL, 
	quotient TEXT, 
	quotient_month TEXT, 
	quotient_evidence TEXT, 
	quotient_recorded_at TEXT, 
	entered_at TEXT, 
	joined_to_id TEXT, 
	alike TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_households PRIMARY KEY (id), 
	CONSTRAINT fk_households_joined_to_id FOREIGN KEY(joined_to_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "households" VALUES('martin-durand','1 place de l''Église','04200','Aubignosc',NULL,NULL,'{"quotients":[],"income":null,"dependants":null,"residency":null,"scheme":null,"amounts":{},"named":{}}','650','2026-05-01','attestation CAF du 04/05/2026','2026-05-06T09:12:56.000000Z',NULL,NULL,'martindurandcamillemartindurand',1);
INSERT INTO "households" VALUES('petit',NULL,NULL,NULL,NULL,NULL,'{"quotients":[],"income":null,"dependants":null,"residency":null,"scheme":null,"amounts":{},"named":{}}',NULL,NULL,NULL,NULL,NULL,NULL,'',1);
INSERT INTO "households" VALUES('morel','1 place de l''Église','04200','Aubignosc','0492000002',3,'{"quotients":[],"income":null,"dependants":null,"residency":null,"scheme":null,"amounts":{},"named":{}}','650','2026-05-01','attestation CAF du 04/05/2026','2026-05-06T09:12:56.000000Z','2026-05-13T09:12:56.000000Z','martin-durand','morelcharliemorel ',1);
CREATE TABLE invoice_lines (
	invoice_number TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	request_number INTEGER NOT NULL, 
	accueil TEXT NOT NULL, 
	period TEXT NOT NULL, 
	child_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	prestation TEXT NOT NULL, 
	designation TEXT NOT NULL, 
	nature TEXT NOT NULL CONSTRAINT ck_invoice_lines_nature_known CHECK (nature IN ('care', 'meal', 'supplement', 'penalty', 'membership')), 
	quantity TEXT NOT NULL, 
	unit_price_euros TEXT NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	path TEXT NOT NULL, 
	label TEXT NOT NULL, 
	source TEXT NOT NULL, 
	adjusted TEXT NOT NULL, 
	aids TEXT NOT NULL, 
	together TEXT, 
	CONSTRAINT pk_invoice_lines PRIMARY KEY (invoice_number, position), 
	CONSTRAINT fk_invoice_lines_invoice_number FOREIGN KEY(invoice_number) REFERENCES invoices (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "invoice_lines" VALUES('ALSH-2026-000001',0,16,'MERCREDIS','MAI-JUIN-2026','lou','2026-05-27','JOURNEE','Journée','care','1','8.50',850,'tariff.bracket','tariffs[0].brackets[1]','QF de 551 à 700','délibération n° 2025-34','[]','[]',NULL);
INSERT INTO "invoice_lines" VALUES('ALSH-2026-000001',1,16,'MERCREDIS','MAI-JUIN-2026','lou','2026-05-27','REPAS','Repas','meal','1','4.00',400,'tariff.bracket','tariffs[0].brackets[1]','QF de 551 à 700','délibération n° 2025-34','[]','[]',NULL);
CREATE TABLE invoice_parties (
	invoice_number TEXT NOT NULL, 
	name TEXT NOT NULL, 
	address TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_invoice_parties PRIMARY KEY (invoice_number), 
	CONSTRAINT fk_invoice_parties_invoice_number FOREIGN KEY(invoice_number) REFERENCES invoices (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "invoice_parties" VALUES('ALSH-2026-000001','MARTIN-DURAND Camille','1 place de l''Église
04200 Aubignosc',1);
CREATE TABLE invoices (
	number TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	household_id TEXT NOT NULL, 
	attempt_reference TEXT NOT NULL, 
	issued_at TEXT NOT NULL, 
	total_cents INTEGER NOT NULL CONSTRAINT ck_invoices_total_not_negative CHECK (total_cents >= 0), 
	paid_with_credits_cents INTEGER NOT NULL CONSTRAINT ck_invoices_paid_with_credits_not_negative CHECK (paid_with_credits_cents >= 0), 
	CONSTRAINT pk_invoices PRIMARY KEY (number), 
	CONSTRAINT fk_invoices_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_invoices_attempt_reference FOREIGN KEY(attempt_reference) REFERENCES attempts (reference) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "invoices" VALUES('ALSH-2026-000001','ALSH','martin-durand','ALSH00000000000000000000000016','2026-05-13T09:15:56.000000Z',1250,0);
CREATE TABLE journal (
	sequence INTEGER NOT NULL, 
	stream TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	at TEXT NOT NULL, 
	event TEXT NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (sequence)
)
 STRICT

;
INSERT INTO "journal" VALUES(1,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"fields":["household.street"],"event":"RecordChanged"}');
INSERT INTO "journal" VALUES(2,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"dossier":"martin-durand","event":"HouseholdJoined"}');
INSERT INTO "journal" VALUES(3,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"number":16,"asked":{"household":"martin-durand","account":"camille","child":"lou","regie":"ALSH","accueil":"MERCREDIS","period":"MAI-JUIN-2026","reglement":"0000000000000000000000000000000000000000000000000000000000000000","facts":{"quotients":[{"value":"650","month":"2026-05-01","received_on":"2026-05-13"}],"income":null,"dependants":null,"residency":null,"scheme":null,"amounts":{},"named":{}},"booked_on":"2026-05-13"},"lines":[{"day":"2026-05-27","amplitude":"JOURNEE-REPAS","places":[{"part":"matin","pools":["AUBIGNOSC"]},{"part":"repas","pools":["AUBIGNOSC"]},{"part":"apres-midi","pools":["AUBIGNOSC"]}],"state":"held","paid":0,"replaces":null,"age":7,"rank":null,"siblings":null,"hours":null}],"at":"2026-05-13T09:12:56+00:00","until":"2026-05-13T11:12:56+00:00","event":"RequestHeld"}');
INSERT INTO "journal" VALUES(4,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"lines":[{"day":"2026-05-27","amplitude":"JOURNEE-REPAS","places":[{"part":"matin","pools":["AUBIGNOSC"]},{"part":"repas","pools":["AUBIGNOSC"]},{"part":"apres-midi","pools":["AUBIGNOSC"]}],"state":"held","paid":0,"replaces":null,"age":7,"rank":null,"siblings":null,"hours":{"arrives":"08:30:00","leaves":"17:00:00"}}],"event":"RequestChanged"}');
INSERT INTO "journal" VALUES(5,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"pin":{"attempt":"ALSH00000000000000000000000016","until":"2026-05-13T09:12:56+00:00"},"event":"PlacesPinned"}');
INSERT INTO "journal" VALUES(6,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","event":"PlacesUnpinned"}');
INSERT INTO "journal" VALUES(7,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"event":"RequestDiscarded"}');
INSERT INTO "journal" VALUES(8,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"event":"RequestExpired"}');
INSERT INTO "journal" VALUES(9,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","amounts":[["2026-05-27",1250]],"event":"RequestConfirmed"}');
INSERT INTO "journal" VALUES(10,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","credit_note":"ALSH-AV-2026-000001","event":"RequestCredited"}');
INSERT INTO "journal" VALUES(11,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"amounts":[["2026-05-27",4466]],"event":"DaysRepriced"}');
INSERT INTO "journal" VALUES(12,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"day":"2026-05-27","kept":1,"credited":1249,"credit_note":"ALSH-AV-2026-000001","event":"DayCancelled"}');
INSERT INTO "journal" VALUES(13,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"day":"2026-05-27","kept":0,"credited":1,"credit_note":"ALSH-AV-2026-000001","event":"DayExcused"}');
INSERT INTO "journal" VALUES(14,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"day":"2026-05-27","by":17,"event":"DaySuperseded"}');
INSERT INTO "journal" VALUES(15,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"day":"2026-05-27","amplitude":"MATIN","places":[{"part":"matin","pools":["AUBIGNOSC"]}],"paid":501,"kept":1,"credited":748,"credit_note":"ALSH-AV-2026-000001","hours":{"arrives":"08:30:00","leaves":"17:00:00"},"event":"DayAltered"}');
INSERT INTO "journal" VALUES(16,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":{"reference":"ALSH00000000000000000000000016","household":"martin-durand","account":"camille","regie":"ALSH","provider":"sandbox","dues":[{"request":16,"days":[{"day":"2026-05-27","amplitude":"JOURNEE-REPAS","hours":null}],"lines":[{"child":"lou","day":"2026-05-27","prestation":"JOURNEE","designation":"Journée","nature":"care","quantity":"1","unit_price":{"euros":"8.50"},"amount":850,"why":{"rule":"tariff.bracket","path":"tariffs[0].brackets[1]","label":"QF de 551 à 700","source":"délibération n° 2025-34","adjusted":[]},"aids":[],"together":null},{"child":"lou","day":"2026-05-27","prestation":"REPAS","designation":"Repas","nature":"meal","quantity":"1","unit_price":{"euros":"4.00"},"amount":400,"why":{"rule":"tariff.bracket","path":"tariffs[0].brackets[1]","label":"QF de 551 à 700","source":"délibération n° 2025-34","adjusted":[]},"aids":[],"together":null}]}],"credits":0,"created_at":"2026-05-13T09:12:56+00:00","open_until":"2026-05-13T09:17:56+00:00","state":"created","key":null,"redirect_url":null},"event":"AttemptOpened"}');
INSERT INTO "journal" VALUES(17,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"key":"idop-16","redirect_url":"https://pay.example.org/?idop=16","until":"2026-05-13T11:12:56+00:00","event":"AttemptPresented"}');
INSERT INTO "journal" VALUES(18,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"amount":1250,"event":"AttemptPaid"}');
INSERT INTO "journal" VALUES(19,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"event":"AttemptRefused"}');
INSERT INTO "journal" VALUES(20,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"event":"AttemptAbandoned"}');
INSERT INTO "journal" VALUES(21,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"event":"AttemptBecameUnknown"}');
INSERT INTO "journal" VALUES(22,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"amount":1249,"mismatches":["payment.mismatch.amount"],"event":"MoneySetAside"}');
INSERT INTO "journal" VALUES(23,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","parts":[["ALSH-AV-2026-000001",1250]],"event":"CreditsReserved"}');
INSERT INTO "journal" VALUES(24,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","event":"CreditsReturned"}');
INSERT INTO "journal" VALUES(25,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","invoice":"ALSH-2026-000001","amount":1250,"received":1250,"event":"InvoiceSettled"}');
INSERT INTO "journal" VALUES(26,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"credit_note":"ALSH-AV-2026-000001","amount":1250,"event":"CreditIssued"}');
INSERT INTO "journal" VALUES(27,'request/16','account/camille','2026-05-13T09:12:56.000000Z','{"attempt":"ALSH00000000000000000000000016","amount":1249,"event":"MoneyKept"}');
CREATE TABLE ledger_credits (
	household_id TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	credit_note_number TEXT NOT NULL, 
	left_cents INTEGER NOT NULL CONSTRAINT ck_ledger_credits_left_not_negative CHECK (left_cents >= 0), 
	CONSTRAINT pk_ledger_credits PRIMARY KEY (household_id, regie, position), 
	CONSTRAINT fk_ledger_credits_household_id_regie FOREIGN KEY(household_id, regie) REFERENCES ledgers (household_id, regie) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "ledger_credits" VALUES('martin-durand','ALSH',0,'ALSH-AV-2026-000001',250);
CREATE TABLE ledger_reservations (
	household_id TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	attempt_reference TEXT NOT NULL, 
	credit_note_number TEXT NOT NULL, 
	amount_cents INTEGER NOT NULL CONSTRAINT ck_ledger_reservations_amount_not_negative CHECK (amount_cents >= 0), 
	CONSTRAINT pk_ledger_reservations PRIMARY KEY (household_id, regie, position), 
	CONSTRAINT fk_ledger_reservations_household_id_regie FOREIGN KEY(household_id, regie) REFERENCES ledgers (household_id, regie) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "ledger_reservations" VALUES('martin-durand','ALSH',0,'ALSH00000000000000000000000016','ALSH-AV-2026-000001',1000);
CREATE TABLE ledgers (
	household_id TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	received_cents INTEGER NOT NULL CONSTRAINT ck_ledgers_received_not_negative CHECK (received_cents >= 0), 
	invoiced_cents INTEGER NOT NULL CONSTRAINT ck_ledgers_invoiced_not_negative CHECK (invoiced_cents >= 0), 
	credited_cents INTEGER NOT NULL CONSTRAINT ck_ledgers_credited_not_negative CHECK (credited_cents >= 0), 
	set_aside_cents INTEGER NOT NULL CONSTRAINT ck_ledgers_set_aside_not_negative CHECK (set_aside_cents >= 0), 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_ledgers PRIMARY KEY (household_id, regie), 
	CONSTRAINT fk_ledgers_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "ledgers" VALUES('martin-durand','ALSH',1250,1250,1250,1,1);
CREATE TABLE links (
	id TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	purpose TEXT NOT NULL CONSTRAINT ck_links_purpose_known CHECK (purpose IN ('confirm-email', 'activate', 'reset-password', 'change-email')), 
	email TEXT NOT NULL, 
	password TEXT, 
	household_id TEXT NOT NULL, 
	replaces TEXT, 
	epoch INTEGER NOT NULL, 
	expires_at TEXT NOT NULL, 
	used_at TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT uq_links_digest UNIQUE (digest), 
	CONSTRAINT fk_links_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_links_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "links" VALUES('link-1','digest of a link','camille','confirm-email','camille@example.org','derived','martin-durand',NULL,1,'2026-05-15T09:12:56.000000Z',NULL,1);
INSERT INTO "links" VALUES('link to confirm-email','digest of a link to confirm-email','camille','confirm-email','camille@example.org',NULL,'martin-durand',NULL,1,'2026-05-15T09:12:56.000000Z',NULL,1);
INSERT INTO "links" VALUES('link to activate','digest of a link to activate','camille','activate','camille@example.org',NULL,'martin-durand',NULL,1,'2026-05-15T09:12:56.000000Z',NULL,1);
INSERT INTO "links" VALUES('link to reset-password','digest of a link to reset-password','camille','reset-password','camille@example.org',NULL,'martin-durand',NULL,1,'2026-05-15T09:12:56.000000Z',NULL,1);
INSERT INTO "links" VALUES('link to change-email','digest of a link to change-email','camille','change-email','camille@example.org',NULL,'martin-durand','old@example.org',1,'2026-05-15T09:12:56.000000Z',NULL,1);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	notice TEXT NOT NULL, 
	queued_at TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	delivery TEXT NOT NULL CONSTRAINT ck_outbox_delivery_known CHECK (delivery IN ('queued', 'sent', 'failed')), 
	tries INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
)
 STRICT

;
INSERT INTO "outbox" VALUES(1,'key 0','{"account":"camille","link":"link-1","notice":"EmailToConfirm"}','2026-05-13T09:12:56.000000Z','2026-05-13T09:12:56.000000Z','queued',0,1);
CREATE TABLE pool_days (
	pool TEXT NOT NULL, 
	day TEXT NOT NULL, 
	CONSTRAINT pk_pool_days PRIMARY KEY (pool, day)
)
 STRICT

;
CREATE TABLE pre_registrations (
	id TEXT NOT NULL, 
	household_id TEXT NOT NULL, 
	child_id TEXT NOT NULL, 
	accueil TEXT NOT NULL, 
	asked_at TEXT NOT NULL, 
	asked_by TEXT NOT NULL, 
	state TEXT NOT NULL CONSTRAINT ck_pre_registrations_state_known CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn')), 
	reason TEXT, 
	decided_at TEXT, 
	decided_by TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_pre_registrations PRIMARY KEY (id), 
	CONSTRAINT fk_pre_registrations_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_pre_registrations_child_id FOREIGN KEY(child_id) REFERENCES children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "pre_registrations" VALUES('pre-registration-1','martin-durand','lou','MERCREDIS','2026-05-10T09:12:56.000000Z','camille','asked',NULL,NULL,NULL,1);
INSERT INTO "pre_registrations" VALUES('pre-registration-2','martin-durand','lou','MERCREDIS','2026-05-10T09:12:56.000000Z','camille','refused','aucune place cette année','2026-05-13T09:12:56.000000Z','accueil',1);
CREATE TABLE registrations (
	digest TEXT NOT NULL, 
	email TEXT NOT NULL, 
	password TEXT, 
	adult TEXT NOT NULL, 
	done TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	ended_at TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_registrations PRIMARY KEY (digest)
)
 STRICT

;
INSERT INTO "registrations" VALUES('digest of a registration','morgane@example.org','derived','{"account":null,"first_name":"Morgane","last_name":"Morel","birth_date":"1990-02-28","family_situation":null,"address":{"street":"2 rue des Genêts","postcode":"04200","town":"Peipin"},"email":null,"home_phone":null,"mobile_phone":null,"occupation":null,"employer":null,"work_phone":null}','["profile/coordinates","profile/personal"]','2026-05-13T09:12:56.000000Z','2026-05-14T09:12:56.000000Z',NULL,1);
CREATE TABLE reglements (
	digest TEXT NOT NULL, 
	since TEXT NOT NULL, 
	text TEXT NOT NULL, 
	activated_at TEXT NOT NULL, 
	CONSTRAINT pk_reglements PRIMARY KEY (digest, since)
)
 STRICT

;
INSERT INTO "reglements" VALUES('0000000000000000000000000000000000000000000000000000000000000000','2025-09-01','{}','2025-10-25T09:12:56.000000Z');
CREATE TABLE request_lines (
	request_number INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	child_id TEXT NOT NULL, 
	amplitude TEXT NOT NULL, 
	state TEXT NOT NULL CONSTRAINT ck_request_lines_state_known CHECK (state IN ('held', 'confirmed', 'cancelled', 'discarded', 'expired', 'credited', 'superseded')), 
	paid_cents INTEGER NOT NULL CONSTRAINT ck_request_lines_paid_not_negative CHECK (paid_cents >= 0), 
	places TEXT NOT NULL, 
	replaces TEXT, 
	age INTEGER, 
	rank INTEGER, 
	siblings INTEGER, 
	arrives TEXT, 
	leaves TEXT, 
	CONSTRAINT pk_request_lines PRIMARY KEY (request_number, day), 
	CONSTRAINT fk_request_lines_request_number FOREIGN KEY(request_number) REFERENCES requests (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "request_lines" VALUES(16,'2026-05-27','lou','JOURNEE-REPAS','held',0,'[{"part":"matin","pools":["AUBIGNOSC"]},{"part":"repas","pools":["AUBIGNOSC"]},{"part":"apres-midi","pools":["AUBIGNOSC"]}]',NULL,7,NULL,NULL,NULL,NULL);
INSERT INTO "request_lines" VALUES(17,'2026-06-03','lou','JOURNEE-REPAS','held',0,'[{"part":"repas","pools":["AUBIGNOSC"]},{"part":"apres-midi","pools":["AUBIGNOSC"]}]','{"request":16,"amplitude":"MATIN","paid":850,"places":[{"part":"matin","pools":["AUBIGNOSC"]}],"hours":null}',7,NULL,NULL,'08:30','17:00');
CREATE TABLE requests (
	number INTEGER NOT NULL, 
	household_id TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	child_id TEXT NOT NULL, 
	regie TEXT NOT NULL, 
	accueil TEXT NOT NULL, 
	period TEXT NOT NULL, 
	reglement TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	booked_on TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	held_until TEXT NOT NULL, 
	pinned_by TEXT, 
	pinned_until TEXT, 
	taken_until TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_requests PRIMARY KEY (number), 
	CONSTRAINT fk_requests_household_id FOREIGN KEY(household_id) REFERENCES households (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_requests_child_id FOREIGN KEY(child_id) REFERENCES children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "requests" VALUES(16,'martin-durand','camille','lou','ALSH','MERCREDIS','MAI-JUIN-2026','0000000000000000000000000000000000000000000000000000000000000000','{"quotients":[{"value":"650","month":"2026-05-01","received_on":"2026-05-13"}],"income":null,"dependants":null,"residency":null,"scheme":null,"amounts":{},"named":{}}','2026-05-13','2026-05-13T09:12:56.000000Z','2026-05-13T11:12:56.000000Z',NULL,NULL,'2026-05-13T11:12:56.000000Z',1);
INSERT INTO "requests" VALUES(17,'martin-durand','camille','lou','ALSH','MERCREDIS','MAI-JUIN-2026','0000000000000000000000000000000000000000000000000000000000000000','{"quotients":[{"value":"650","month":"2026-05-01","received_on":"2026-05-13"}],"income":null,"dependants":null,"residency":null,"scheme":null,"amounts":{},"named":{}}','2026-05-13','2026-05-13T09:12:56.000000Z','2026-05-13T11:12:56.000000Z',NULL,NULL,'2026-05-13T11:12:56.000000Z',1);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	CONSTRAINT pk_schema_version PRIMARY KEY (version)
)
 STRICT

;
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE sessions (
	digest TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	expires_at TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (digest), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "sessions" VALUES('digest of a session','camille',1,'2026-05-14T09:12:56.000000Z',1);
CREATE TABLE taken_parts (
	request_number INTEGER NOT NULL, 
	child_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	part TEXT NOT NULL, 
	taken_until TEXT, 
	CONSTRAINT pk_taken_parts PRIMARY KEY (child_id, day, part), 
	CONSTRAINT fk_taken_parts_request_number FOREIGN KEY(request_number) REFERENCES requests (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "taken_parts" VALUES(16,'lou','2026-05-27','matin','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_parts" VALUES(16,'lou','2026-05-27','repas','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_parts" VALUES(16,'lou','2026-05-27','apres-midi','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_parts" VALUES(17,'lou','2026-06-03','repas','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_parts" VALUES(17,'lou','2026-06-03','apres-midi','2026-05-13T11:12:56.000000Z');
CREATE TABLE taken_places (
	request_number INTEGER NOT NULL, 
	pool TEXT NOT NULL, 
	day TEXT NOT NULL, 
	part TEXT NOT NULL, 
	child_id TEXT NOT NULL, 
	taken_until TEXT, 
	CONSTRAINT pk_taken_places PRIMARY KEY (pool, day, part, request_number), 
	CONSTRAINT fk_taken_places_request_number FOREIGN KEY(request_number) REFERENCES requests (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT

;
INSERT INTO "taken_places" VALUES(16,'AUBIGNOSC','2026-05-27','matin','lou','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_places" VALUES(16,'AUBIGNOSC','2026-05-27','repas','lou','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_places" VALUES(16,'AUBIGNOSC','2026-05-27','apres-midi','lou','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_places" VALUES(17,'AUBIGNOSC','2026-06-03','repas','lou','2026-05-13T11:12:56.000000Z');
INSERT INTO "taken_places" VALUES(17,'AUBIGNOSC','2026-06-03','apres-midi','lou','2026-05-13T11:12:56.000000Z');
CREATE INDEX ix_outbox_delivery_due_at ON outbox (delivery, due_at);
CREATE INDEX ix_journal_stream ON journal (stream, sequence);
CREATE INDEX ix_households_alike ON households (alike);
CREATE INDEX ix_children_alike ON children (alike, birth_date);
CREATE INDEX ix_requests_household_id ON requests (household_id);
CREATE INDEX ix_documents_child_id ON documents (child_id);
CREATE INDEX ix_documents_state_submitted_at ON documents (state, submitted_at);
CREATE INDEX ix_documents_state_valid_to ON documents (state, valid_to);
CREATE INDEX ix_documents_household_id ON documents (household_id);
CREATE INDEX ix_pre_registrations_child_id ON pre_registrations (child_id);
CREATE UNIQUE INDEX uq_pre_registrations_standing ON pre_registrations (child_id, accueil) WHERE state IN ('accepted', 'asked');
CREATE INDEX ix_pre_registrations_state_asked_at ON pre_registrations (state, asked_at);
CREATE INDEX ix_household_adults_alike ON household_adults (alike, birth_date);
CREATE INDEX ix_accounts_household_id ON accounts (household_id);
CREATE INDEX ix_custodies_child_id ON custodies (child_id);
CREATE INDEX ix_changes_household_id ON changes (household_id);
CREATE INDEX ix_attempts_unresolved ON attempts (created_at) WHERE state IN ('created', 'presented', 'unknown');
CREATE INDEX ix_attempts_household_id_regie ON attempts (household_id, regie);
CREATE INDEX ix_credit_notes_household_id ON credit_notes (household_id);
CREATE INDEX ix_request_lines_child_id_day ON request_lines (child_id, day);
CREATE INDEX ix_request_lines_held ON request_lines (request_number) WHERE state = 'held';
CREATE INDEX ix_taken_parts_request_number ON taken_parts (request_number);
CREATE INDEX ix_taken_places_request_number ON taken_places (request_number);
CREATE INDEX ix_invoices_household_id ON invoices (household_id);
COMMIT;
