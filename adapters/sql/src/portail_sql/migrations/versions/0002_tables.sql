CREATE TABLE portail__children (
	id TEXT NOT NULL,
	first_name TEXT NOT NULL,
	last_name TEXT NOT NULL,
	birth_date TEXT NOT NULL,
	alike TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__children_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__children PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_portail__children_birth_date ON portail__children (birth_date);

CREATE TABLE portail__counters (
	series TEXT NOT NULL,
	value INTEGER NOT NULL CONSTRAINT ck_portail__counters_value_from_1 CHECK (value >= 1),
	CONSTRAINT pk_portail__counters PRIMARY KEY (series)
)
 STRICT;

CREATE TABLE portail__households (
	id TEXT NOT NULL,
	street TEXT,
	postcode TEXT,
	town TEXT,
	phone TEXT,
	children_count INTEGER CONSTRAINT ck_portail__households_children_count_from_0 CHECK (children_count >= 0),
	facts TEXT NOT NULL,
	quotient TEXT,
	quotient_month TEXT,
	quotient_evidence TEXT,
	quotient_recorded_at TEXT,
	entered_at TEXT,
	joined_to_id TEXT,
	alike TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__households_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__households PRIMARY KEY (id),
	CONSTRAINT ck_portail__households_address_whole CHECK ((street IS NULL) = (postcode IS NULL) AND (street IS NULL) = (town IS NULL)),
	CONSTRAINT ck_portail__households_quotient_whole CHECK ((quotient IS NULL) = (quotient_month IS NULL) AND (quotient IS NULL) = (quotient_evidence IS NULL) AND (quotient IS NULL) = (quotient_recorded_at IS NULL)),
	CONSTRAINT ck_portail__households_quotient_not_negative CHECK (CAST(quotient AS REAL) >= 0),
	CONSTRAINT ck_portail__households_joined_to_another CHECK (joined_to_id <> id),
	CONSTRAINT fk_portail__households_joined_to_id FOREIGN KEY(joined_to_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__households_alike ON portail__households (alike);

CREATE TABLE portail__journal (
	sequence INTEGER NOT NULL CONSTRAINT ck_portail__journal_sequence_from_1 CHECK (sequence >= 1),
	stream TEXT NOT NULL,
	actor TEXT NOT NULL,
	at TEXT NOT NULL,
	reglement TEXT NOT NULL,
	event TEXT NOT NULL,
	CONSTRAINT pk_portail__journal PRIMARY KEY (sequence)
)
 STRICT;

CREATE INDEX ix_portail__journal_stream ON portail__journal (stream, sequence);

CREATE TABLE portail__outbox (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	notice TEXT NOT NULL,
	queued_at TEXT NOT NULL,
	due_at TEXT NOT NULL,
	delivery TEXT NOT NULL CONSTRAINT ck_portail__outbox_delivery_known CHECK (delivery IN ('queued', 'sent', 'failed')),
	tries INTEGER NOT NULL CONSTRAINT ck_portail__outbox_tries_from_0 CHECK (tries >= 0),
	version INTEGER NOT NULL CONSTRAINT ck_portail__outbox_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__outbox PRIMARY KEY (id),
	CONSTRAINT uq_portail__outbox_key UNIQUE ("key")
)
 STRICT;

CREATE INDEX ix_portail__outbox_delivery_due_at ON portail__outbox (delivery, due_at);

CREATE TABLE portail__pool_days (
	pool TEXT NOT NULL,
	day TEXT NOT NULL,
	CONSTRAINT pk_portail__pool_days PRIMARY KEY (pool, day)
)
 STRICT;

CREATE TABLE portail__registrations (
	digest TEXT NOT NULL,
	email TEXT NOT NULL,
	password TEXT,
	adult TEXT NOT NULL,
	done TEXT NOT NULL,
	created_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	ended_at TEXT,
	version INTEGER NOT NULL CONSTRAINT ck_portail__registrations_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__registrations PRIMARY KEY (digest)
)
 STRICT;

CREATE TABLE portail__reglements (
	digest TEXT NOT NULL,
	since TEXT NOT NULL,
	text TEXT NOT NULL,
	activated_at TEXT NOT NULL,
	CONSTRAINT pk_portail__reglements PRIMARY KEY (digest, since)
)
 STRICT;

CREATE TABLE portail__accounts (
	id TEXT NOT NULL,
	email TEXT NOT NULL,
	password TEXT,
	household_id TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_portail__accounts_state_known CHECK (state IN ('pending-email', 'invited', 'active')),
	created_at TEXT NOT NULL,
	epoch INTEGER NOT NULL CONSTRAINT ck_portail__accounts_epoch_from_0 CHECK (epoch >= 0),
	version INTEGER NOT NULL CONSTRAINT ck_portail__accounts_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__accounts PRIMARY KEY (id),
	CONSTRAINT uq_portail__accounts_email UNIQUE (email),
	CONSTRAINT fk_portail__accounts_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__accounts_household_id ON portail__accounts (household_id);

CREATE TABLE portail__attempts (
	reference TEXT NOT NULL,
	household_id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	regie TEXT NOT NULL,
	provider TEXT NOT NULL,
	total_cents INTEGER NOT NULL CONSTRAINT ck_portail__attempts_total_not_negative CHECK (total_cents >= 0),
	credits_cents INTEGER NOT NULL CONSTRAINT ck_portail__attempts_credits_not_negative CHECK (credits_cents >= 0),
	created_at TEXT NOT NULL,
	open_until TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_portail__attempts_state_known CHECK (state IN ('created', 'presented', 'paid', 'refused', 'abandoned', 'unknown', 'set-aside')),
	provider_key TEXT,
	redirect_url TEXT,
	dues TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__attempts_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__attempts PRIMARY KEY (reference),
	CONSTRAINT ck_portail__attempts_credits_within_total CHECK (credits_cents <= total_cents),
	CONSTRAINT fk_portail__attempts_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_portail__attempts_provider_key UNIQUE (provider_key)
)
 STRICT;

CREATE INDEX ix_portail__attempts_household_id_regie ON portail__attempts (household_id, regie);

CREATE INDEX ix_portail__attempts_unresolved ON portail__attempts (created_at) WHERE state IN ('created', 'presented', 'unknown');

CREATE TABLE portail__changes (
	id TEXT NOT NULL,
	household_id TEXT NOT NULL,
	subject TEXT NOT NULL,
	field_name TEXT NOT NULL,
	"before" TEXT,
	"after" TEXT,
	actor TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_portail__changes PRIMARY KEY (id),
	CONSTRAINT fk_portail__changes_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__changes_household_id ON portail__changes (household_id);

CREATE TABLE portail__commands (
	household_id TEXT NOT NULL,
	command_key TEXT NOT NULL,
	arguments TEXT NOT NULL,
	answer TEXT NOT NULL,
	CONSTRAINT pk_portail__commands PRIMARY KEY (household_id, command_key),
	CONSTRAINT fk_portail__commands_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__credit_notes (
	number TEXT NOT NULL,
	regie TEXT NOT NULL,
	household_id TEXT NOT NULL,
	issued_at TEXT NOT NULL,
	amount_cents INTEGER NOT NULL CONSTRAINT ck_portail__credit_notes_amount_not_negative CHECK (amount_cents >= 0),
	CONSTRAINT pk_portail__credit_notes PRIMARY KEY (number),
	CONSTRAINT fk_portail__credit_notes_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__credit_notes_household_id ON portail__credit_notes (household_id);

CREATE TABLE portail__custodies (
	household_id TEXT NOT NULL,
	child_id TEXT NOT NULL,
	since TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__custodies_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__custodies PRIMARY KEY (household_id, child_id),
	CONSTRAINT fk_portail__custodies_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__custodies_child_id FOREIGN KEY(child_id) REFERENCES portail__children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__custodies_child_id ON portail__custodies (child_id);

CREATE TABLE portail__dismissals (
	registered_id TEXT NOT NULL,
	dossier_id TEXT NOT NULL,
	agent_id TEXT NOT NULL,
	at TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__dismissals_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__dismissals PRIMARY KEY (registered_id, dossier_id),
	CONSTRAINT ck_portail__dismissals_two CHECK (registered_id <> dossier_id),
	CONSTRAINT fk_portail__dismissals_registered_id FOREIGN KEY(registered_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__dismissals_dossier_id FOREIGN KEY(dossier_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__documents (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	household_id TEXT NOT NULL,
	child_id TEXT,
	file_key TEXT NOT NULL,
	name TEXT NOT NULL,
	content_type TEXT NOT NULL CONSTRAINT ck_portail__documents_content_type_known CHECK (content_type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/heic')),
	size_bytes INTEGER NOT NULL CONSTRAINT ck_portail__documents_size_bytes_from_1 CHECK (size_bytes >= 1),
	sha256 TEXT NOT NULL,
	submitted_at TEXT NOT NULL,
	submitted_by TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_portail__documents_state_known CHECK (state IN ('submitted', 'accepted', 'refused')),
	valid_from TEXT,
	valid_to TEXT,
	reason TEXT,
	reviewed_at TEXT,
	reviewed_by TEXT,
	version INTEGER NOT NULL CONSTRAINT ck_portail__documents_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__documents PRIMARY KEY (id),
	CONSTRAINT ck_portail__documents_sha256_whole CHECK (length(sha256) = 64),
	CONSTRAINT ck_portail__documents_valid_in_order CHECK (valid_from <= valid_to),
	CONSTRAINT ck_portail__documents_review_whole CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL)),
	CONSTRAINT fk_portail__documents_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__documents_child_id FOREIGN KEY(child_id) REFERENCES portail__children (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_portail__documents_file_key UNIQUE (file_key)
)
 STRICT;

CREATE INDEX ix_portail__documents_child_id ON portail__documents (child_id);

CREATE INDEX ix_portail__documents_household_id ON portail__documents (household_id);

CREATE INDEX ix_portail__documents_state_submitted_at ON portail__documents (state, submitted_at);

CREATE INDEX ix_portail__documents_state_valid_to ON portail__documents (state, valid_to);

CREATE TABLE portail__household_adults (
	household_id TEXT NOT NULL,
	position INTEGER NOT NULL CONSTRAINT ck_portail__household_adults_position_from_0 CHECK (position >= 0),
	account_id TEXT,
	first_name TEXT,
	last_name TEXT,
	birth_date TEXT,
	family_situation TEXT CONSTRAINT ck_portail__household_adults_family_situation_known CHECK (family_situation IN ('single', 'married', 'civil-union', 'cohabiting', 'separated', 'divorced', 'widowed')),
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
	CONSTRAINT pk_portail__household_adults PRIMARY KEY (household_id, position),
	CONSTRAINT ck_portail__household_adults_address_whole CHECK ((street IS NULL) = (postcode IS NULL) AND (street IS NULL) = (town IS NULL)),
	CONSTRAINT fk_portail__household_adults_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__household_adults_birth_date ON portail__household_adults (birth_date);

CREATE TABLE portail__ledgers (
	household_id TEXT NOT NULL,
	regie TEXT NOT NULL,
	received_cents INTEGER NOT NULL CONSTRAINT ck_portail__ledgers_received_not_negative CHECK (received_cents >= 0),
	invoiced_cents INTEGER NOT NULL CONSTRAINT ck_portail__ledgers_invoiced_not_negative CHECK (invoiced_cents >= 0),
	credited_cents INTEGER NOT NULL CONSTRAINT ck_portail__ledgers_credited_not_negative CHECK (credited_cents >= 0),
	set_aside_cents INTEGER NOT NULL CONSTRAINT ck_portail__ledgers_set_aside_not_negative CHECK (set_aside_cents >= 0),
	version INTEGER NOT NULL CONSTRAINT ck_portail__ledgers_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__ledgers PRIMARY KEY (household_id, regie),
	CONSTRAINT fk_portail__ledgers_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__pre_registrations (
	id TEXT NOT NULL,
	household_id TEXT NOT NULL,
	child_id TEXT NOT NULL,
	accueil TEXT NOT NULL,
	asked_at TEXT NOT NULL,
	asked_by TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_portail__pre_registrations_state_known CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn')),
	reason TEXT,
	decided_at TEXT,
	decided_by TEXT,
	version INTEGER NOT NULL CONSTRAINT ck_portail__pre_registrations_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__pre_registrations PRIMARY KEY (id),
	CONSTRAINT ck_portail__pre_registrations_decision_whole CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
	CONSTRAINT fk_portail__pre_registrations_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__pre_registrations_child_id FOREIGN KEY(child_id) REFERENCES portail__children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__pre_registrations_child_id ON portail__pre_registrations (child_id);

CREATE INDEX ix_portail__pre_registrations_state_asked_at ON portail__pre_registrations (state, asked_at);

CREATE UNIQUE INDEX uq_portail__pre_registrations_standing ON portail__pre_registrations (child_id, accueil) WHERE state IN ('accepted', 'asked');

CREATE TABLE portail__requests (
	number INTEGER NOT NULL CONSTRAINT ck_portail__requests_number_from_1 CHECK (number >= 1),
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
	version INTEGER NOT NULL CONSTRAINT ck_portail__requests_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__requests PRIMARY KEY (number),
	CONSTRAINT uq_portail__requests_child UNIQUE (number, child_id),
	CONSTRAINT ck_portail__requests_pin_whole CHECK ((pinned_by IS NULL) = (pinned_until IS NULL)),
	CONSTRAINT ck_portail__requests_taken_while_held CHECK (taken_until >= held_until AND (pinned_until IS NULL OR taken_until >= pinned_until)),
	CONSTRAINT fk_portail__requests_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__requests_child_id FOREIGN KEY(child_id) REFERENCES portail__children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__requests_household_id ON portail__requests (household_id);

CREATE TABLE portail__acceptances (
	account_id TEXT NOT NULL,
	rules_version TEXT NOT NULL,
	accepted_at TEXT NOT NULL,
	CONSTRAINT pk_portail__acceptances PRIMARY KEY (account_id, rules_version),
	CONSTRAINT fk_portail__acceptances_account_id FOREIGN KEY(account_id) REFERENCES portail__accounts (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__invoices (
	number TEXT NOT NULL,
	regie TEXT NOT NULL,
	household_id TEXT NOT NULL,
	attempt_reference TEXT NOT NULL,
	issued_at TEXT NOT NULL,
	total_cents INTEGER NOT NULL CONSTRAINT ck_portail__invoices_total_not_negative CHECK (total_cents >= 0),
	paid_with_credits_cents INTEGER NOT NULL CONSTRAINT ck_portail__invoices_paid_with_credits_not_negative CHECK (paid_with_credits_cents >= 0),
	CONSTRAINT pk_portail__invoices PRIMARY KEY (number),
	CONSTRAINT ck_portail__invoices_credits_within_total CHECK (paid_with_credits_cents <= total_cents),
	CONSTRAINT uq_portail__invoices_attempt UNIQUE (attempt_reference),
	CONSTRAINT fk_portail__invoices_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__invoices_attempt_reference FOREIGN KEY(attempt_reference) REFERENCES portail__attempts (reference) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__invoices_household_id ON portail__invoices (household_id);

CREATE TABLE portail__ledger_credits (
	household_id TEXT NOT NULL,
	regie TEXT NOT NULL,
	position INTEGER NOT NULL CONSTRAINT ck_portail__ledger_credits_position_from_0 CHECK (position >= 0),
	credit_note_number TEXT NOT NULL,
	left_cents INTEGER NOT NULL CONSTRAINT ck_portail__ledger_credits_left_not_negative CHECK (left_cents >= 0),
	CONSTRAINT pk_portail__ledger_credits PRIMARY KEY (household_id, regie, position),
	CONSTRAINT fk_portail__ledger_credits_household_id_regie FOREIGN KEY(household_id, regie) REFERENCES portail__ledgers (household_id, regie) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_portail__ledger_credits_number UNIQUE (credit_note_number),
	CONSTRAINT fk_portail__ledger_credits_credit_note_number FOREIGN KEY(credit_note_number) REFERENCES portail__credit_notes (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__ledger_reservations (
	household_id TEXT NOT NULL,
	regie TEXT NOT NULL,
	position INTEGER NOT NULL CONSTRAINT ck_portail__ledger_reservations_position_from_0 CHECK (position >= 0),
	attempt_reference TEXT NOT NULL,
	credit_note_number TEXT NOT NULL,
	amount_cents INTEGER NOT NULL CONSTRAINT ck_portail__ledger_reservations_amount_not_negative CHECK (amount_cents >= 0),
	CONSTRAINT pk_portail__ledger_reservations PRIMARY KEY (household_id, regie, position),
	CONSTRAINT fk_portail__ledger_reservations_household_id_regie FOREIGN KEY(household_id, regie) REFERENCES portail__ledgers (household_id, regie) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT uq_portail__ledger_reservations_part UNIQUE (attempt_reference, credit_note_number),
	CONSTRAINT fk_portail__ledger_reservations_attempt_reference FOREIGN KEY(attempt_reference) REFERENCES portail__attempts (reference) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__ledger_reservations_credit_note_number FOREIGN KEY(credit_note_number) REFERENCES portail__credit_notes (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__links (
	id TEXT NOT NULL,
	digest TEXT NOT NULL,
	account_id TEXT NOT NULL,
	purpose TEXT NOT NULL CONSTRAINT ck_portail__links_purpose_known CHECK (purpose IN ('confirm-email', 'activate', 'reset-password', 'change-email')),
	email TEXT NOT NULL,
	password TEXT,
	household_id TEXT NOT NULL,
	replaces TEXT,
	epoch INTEGER NOT NULL CONSTRAINT ck_portail__links_epoch_from_0 CHECK (epoch >= 0),
	expires_at TEXT NOT NULL,
	used_at TEXT,
	version INTEGER NOT NULL CONSTRAINT ck_portail__links_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__links PRIMARY KEY (id),
	CONSTRAINT uq_portail__links_digest UNIQUE (digest),
	CONSTRAINT fk_portail__links_account_id FOREIGN KEY(account_id) REFERENCES portail__accounts (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__links_household_id FOREIGN KEY(household_id) REFERENCES portail__households (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__request_lines (
	request_number INTEGER NOT NULL,
	day TEXT NOT NULL,
	child_id TEXT NOT NULL,
	amplitude TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_portail__request_lines_state_known CHECK (state IN ('held', 'confirmed', 'cancelled', 'discarded', 'expired', 'credited', 'superseded')),
	paid_cents INTEGER NOT NULL CONSTRAINT ck_portail__request_lines_paid_not_negative CHECK (paid_cents >= 0),
	places TEXT NOT NULL,
	replaces TEXT,
	age INTEGER CONSTRAINT ck_portail__request_lines_age_from_0 CHECK (age >= 0),
	rank INTEGER CONSTRAINT ck_portail__request_lines_rank_from_1 CHECK (rank >= 1),
	siblings INTEGER,
	arrives TEXT,
	leaves TEXT,
	CONSTRAINT pk_portail__request_lines PRIMARY KEY (request_number, day),
	CONSTRAINT fk_portail__request_lines_request_number_child_id FOREIGN KEY(request_number, child_id) REFERENCES portail__requests (number, child_id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT ck_portail__request_lines_paid_once_paid CHECK (paid_cents = 0 OR state IN ('confirmed', 'cancelled', 'superseded')),
	CONSTRAINT ck_portail__request_lines_rank_among_siblings CHECK (rank <= siblings),
	CONSTRAINT ck_portail__request_lines_ranked_whole CHECK ((rank IS NULL) = (siblings IS NULL)),
	CONSTRAINT ck_portail__request_lines_hours_whole CHECK ((arrives IS NULL) = (leaves IS NULL)),
	CONSTRAINT ck_portail__request_lines_hours_in_order CHECK (arrives < leaves)
)
 STRICT;

CREATE INDEX ix_portail__request_lines_child_id_day ON portail__request_lines (child_id, day);

CREATE INDEX ix_portail__request_lines_held ON portail__request_lines (request_number) WHERE state = 'held';

CREATE TABLE portail__sessions (
	digest TEXT NOT NULL,
	account_id TEXT NOT NULL,
	epoch INTEGER NOT NULL CONSTRAINT ck_portail__sessions_epoch_from_0 CHECK (epoch >= 0),
	expires_at TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__sessions_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__sessions PRIMARY KEY (digest),
	CONSTRAINT fk_portail__sessions_account_id FOREIGN KEY(account_id) REFERENCES portail__accounts (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__taken_parts (
	request_number INTEGER NOT NULL,
	child_id TEXT NOT NULL,
	day TEXT NOT NULL,
	part TEXT NOT NULL,
	taken_until TEXT,
	CONSTRAINT pk_portail__taken_parts PRIMARY KEY (child_id, day, part),
	CONSTRAINT fk_portail__taken_parts_request_number_child_id FOREIGN KEY(request_number, child_id) REFERENCES portail__requests (number, child_id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__taken_parts_request_number ON portail__taken_parts (request_number);

CREATE TABLE portail__taken_places (
	request_number INTEGER NOT NULL,
	pool TEXT NOT NULL,
	day TEXT NOT NULL,
	part TEXT NOT NULL,
	child_id TEXT NOT NULL,
	taken_until TEXT,
	CONSTRAINT pk_portail__taken_places PRIMARY KEY (pool, day, part, request_number),
	CONSTRAINT fk_portail__taken_places_request_number_child_id FOREIGN KEY(request_number, child_id) REFERENCES portail__requests (number, child_id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_portail__taken_places_request_number ON portail__taken_places (request_number);

CREATE TABLE portail__credit_note_lines (
	credit_note_number TEXT NOT NULL,
	position INTEGER NOT NULL CONSTRAINT ck_portail__credit_note_lines_position_from_0 CHECK (position >= 0),
	invoice_number TEXT NOT NULL,
	request_number INTEGER NOT NULL,
	child_id TEXT NOT NULL,
	day TEXT NOT NULL,
	kept_cents INTEGER NOT NULL CONSTRAINT ck_portail__credit_note_lines_kept_not_negative CHECK (kept_cents >= 0),
	credited_cents INTEGER NOT NULL CONSTRAINT ck_portail__credit_note_lines_credited_not_negative CHECK (credited_cents >= 0),
	reason TEXT NOT NULL,
	CONSTRAINT pk_portail__credit_note_lines PRIMARY KEY (credit_note_number, position),
	CONSTRAINT fk_portail__credit_note_lines_credit_note_number FOREIGN KEY(credit_note_number) REFERENCES portail__credit_notes (number) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__credit_note_lines_invoice_number FOREIGN KEY(invoice_number) REFERENCES portail__invoices (number) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__credit_note_lines_request_number FOREIGN KEY(request_number) REFERENCES portail__requests (number) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__credit_note_lines_child_id FOREIGN KEY(child_id) REFERENCES portail__children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__invoice_lines (
	invoice_number TEXT NOT NULL,
	position INTEGER NOT NULL CONSTRAINT ck_portail__invoice_lines_position_from_0 CHECK (position >= 0),
	request_number INTEGER NOT NULL,
	accueil TEXT NOT NULL,
	period TEXT NOT NULL,
	child_id TEXT NOT NULL,
	day TEXT NOT NULL,
	prestation TEXT NOT NULL,
	designation TEXT NOT NULL,
	nature TEXT NOT NULL CONSTRAINT ck_portail__invoice_lines_nature_known CHECK (nature IN ('care', 'meal', 'supplement', 'penalty', 'membership')),
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
	CONSTRAINT pk_portail__invoice_lines PRIMARY KEY (invoice_number, position),
	CONSTRAINT fk_portail__invoice_lines_invoice_number FOREIGN KEY(invoice_number) REFERENCES portail__invoices (number) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__invoice_lines_request_number FOREIGN KEY(request_number) REFERENCES portail__requests (number) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_portail__invoice_lines_child_id FOREIGN KEY(child_id) REFERENCES portail__children (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE portail__invoice_parties (
	invoice_number TEXT NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	version INTEGER NOT NULL CONSTRAINT ck_portail__invoice_parties_version_from_1 CHECK (version >= 1),
	CONSTRAINT pk_portail__invoice_parties PRIMARY KEY (invoice_number),
	CONSTRAINT fk_portail__invoice_parties_invoice_number FOREIGN KEY(invoice_number) REFERENCES portail__invoices (number) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TRIGGER kept_portail__journal_update BEFORE UPDATE ON portail__journal BEGIN SELECT RAISE(ABORT, 'portail__journal is only added to'); END;

CREATE TRIGGER kept_portail__journal_delete BEFORE DELETE ON portail__journal BEGIN SELECT RAISE(ABORT, 'portail__journal is only added to'); END;

CREATE TRIGGER kept_portail__reglements_update BEFORE UPDATE ON portail__reglements BEGIN SELECT RAISE(ABORT, 'portail__reglements is only added to'); END;

CREATE TRIGGER kept_portail__reglements_delete BEFORE DELETE ON portail__reglements BEGIN SELECT RAISE(ABORT, 'portail__reglements is only added to'); END;

CREATE TRIGGER kept_portail__credit_notes_update BEFORE UPDATE ON portail__credit_notes BEGIN SELECT RAISE(ABORT, 'portail__credit_notes is only added to'); END;

CREATE TRIGGER kept_portail__credit_notes_delete BEFORE DELETE ON portail__credit_notes BEGIN SELECT RAISE(ABORT, 'portail__credit_notes is only added to'); END;

CREATE TRIGGER kept_portail__invoices_update BEFORE UPDATE ON portail__invoices BEGIN SELECT RAISE(ABORT, 'portail__invoices is only added to'); END;

CREATE TRIGGER kept_portail__invoices_delete BEFORE DELETE ON portail__invoices BEGIN SELECT RAISE(ABORT, 'portail__invoices is only added to'); END;

CREATE TRIGGER kept_portail__credit_note_lines_update BEFORE UPDATE ON portail__credit_note_lines BEGIN SELECT RAISE(ABORT, 'portail__credit_note_lines is only added to'); END;

CREATE TRIGGER kept_portail__credit_note_lines_delete BEFORE DELETE ON portail__credit_note_lines BEGIN SELECT RAISE(ABORT, 'portail__credit_note_lines is only added to'); END;

CREATE TRIGGER kept_portail__invoice_lines_update BEFORE UPDATE ON portail__invoice_lines BEGIN SELECT RAISE(ABORT, 'portail__invoice_lines is only added to'); END;

CREATE TRIGGER kept_portail__invoice_lines_delete BEFORE DELETE ON portail__invoice_lines BEGIN SELECT RAISE(ABORT, 'portail__invoice_lines is only added to'); END;

