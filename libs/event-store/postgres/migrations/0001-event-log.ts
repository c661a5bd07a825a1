import type { Migration } from '../migrate';

/*
 * Why it looks so: docs/adr/0002-event-log-on-postgresql.md. Columns are ordered by alignment, widest first, to keep rows
 * small. Texts are compared by bytes (COLLATE "C"). Times are whole milliseconds since 1970 so that what is hashed is exactly
 * what is stored.
 */

const TABLES = `
CREATE TABLE log.identity (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  log_id uuid NOT NULL DEFAULT uuidv7(),
  partition_span bigint NOT NULL DEFAULT 4194304 CHECK (partition_span > 0)
);
INSERT INTO log.identity DEFAULT VALUES;

-- The one row that every append updates first: its lock is the order of the log. Never more than a few row versions a page.
CREATE TABLE log.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch integer NOT NULL CHECK (epoch > 0),
  position bigint NOT NULL CHECK (position >= 0),
  recorded_ms bigint NOT NULL
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
INSERT INTO log.head (epoch, position, recorded_ms) VALUES (1, 0, 0);

-- The authority on versions.
CREATE TABLE log.streams (
  version bigint NOT NULL CHECK (version > 0),
  stream_id text COLLATE "C" PRIMARY KEY
) WITH (fillfactor = 80);

CREATE TABLE log.requests (
  -- Where its last event stands; null when it wrote none.
  position bigint,
  created_ms bigint NOT NULL,
  epoch integer NOT NULL,
  request_key text COLLATE "C" PRIMARY KEY,
  fingerprint bytea NOT NULL,
  -- JSON: [["stream id", version after], ...] in the order of the request.
  versions text NOT NULL
);
CREATE INDEX requests_by_age ON log.requests USING brin (created_ms) WITH (pages_per_range = 32);

CREATE TABLE log.events (
  position bigint NOT NULL,
  recorded_ms bigint NOT NULL,
  stream_version bigint NOT NULL,
  epoch integer NOT NULL,
  schema_version integer NOT NULL,
  stream_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  metadata bytea NOT NULL,
  payload bytea NOT NULL,
  PRIMARY KEY (position)
) PARTITION BY RANGE (position);
`;

const MAINTENANCE = `
-- Makes partitions until one whole span lies ahead of the head; gives the last position that has a partition.
CREATE FUNCTION log.ensure_partitions() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, log AS $$
DECLARE
  span bigint;
  needed bigint;
  lower_bound bigint := 1;
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(7243002);
  SELECT partition_span INTO span FROM log.identity;
  SELECT position + span INTO needed FROM log.head;
  LOOP
    name := 'events_' || to_char((lower_bound - 1) / span, 'FM00000');
    IF to_regclass('log.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE log.%I (LIKE log.events INCLUDING DEFAULTS)', name);
      EXECUTE format('ALTER TABLE log.%I ADD PRIMARY KEY (position)', name);
      -- Within a partition the store itself refuses a version that comes twice; across them the streams table does.
      EXECUTE format('CREATE UNIQUE INDEX ON log.%I (stream_id, stream_version)', name);
      -- ATTACH takes a lock that lets readers and writers go on; creating it as a partition would not.
      EXECUTE format('ALTER TABLE log.events ATTACH PARTITION log.%I FOR VALUES FROM (%s) TO (%s)', name, lower_bound, lower_bound + span);
    END IF;
    lower_bound := lower_bound + span;
    EXIT WHEN lower_bound > needed;
  END LOOP;
  RETURN lower_bound - 1;
END $$;

-- Removes at most max_rows request keys that are older than keep_days, never one younger than 400 days.
CREATE FUNCTION log.prune_requests(keep_days integer, max_rows integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, log AS $$
DECLARE
  removed integer;
BEGIN
  WITH old AS (
    SELECT ctid FROM log.requests
    WHERE created_ms < (extract(epoch FROM clock_timestamp()) * 1000)::bigint - greatest(keep_days, 400)::bigint * 86400000
    LIMIT least(max_rows, 10000)
  )
  DELETE FROM log.requests r USING old WHERE r.ctid = old.ctid;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;

-- For the restore of a backup alone: positions that come again are then told from those already seen.
CREATE FUNCTION log.raise_epoch() RETURNS integer LANGUAGE sql VOLATILE AS $$
  UPDATE log.head SET epoch = epoch + 1 WHERE one RETURNING epoch
$$;

-- The last position recorded at or before a time: recorded times never go back, so halving finds it without an index.
CREATE FUNCTION log.position_at(at_ms bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, log AS $$
DECLARE
  low bigint := 0;
  high bigint;
  middle bigint;
  seen bigint;
BEGIN
  SELECT position INTO high FROM log.head;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    SELECT recorded_ms INTO STRICT seen FROM log.events WHERE position = middle;
    IF seen <= at_ms THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  RETURN low;
END $$;

-- Ends an append whose stream stands at another version; the whole statement is undone.
CREATE FUNCTION log.assert_appended(version bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF version IS NULL THEN RAISE EXCEPTION 'stale version' USING ERRCODE = 'CE001'; END IF;
  RETURN version;
END $$;

CREATE FUNCTION log.now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
$$;
`;

/*
 * Ordinals count from 1. The head is locked first, and what follows are new statements with new snapshots, so they see
 * all that was committed before the lock was had. Only streams that get events are named. The lane puts no stream and no
 * key twice into a batch.
 */
const APPEND_BATCH = `
CREATE FUNCTION log.append_batch(
  request_keys text[], fingerprints bytea[], request_versions text[], request_events integer[],
  new_streams text[], new_versions bigint[], new_requests integer[],
  old_streams text[], old_expected bigint[], old_versions bigint[], old_requests integer[],
  event_requests integer[], event_streams text[], event_stream_versions bigint[], event_types text[], event_schemas integer[],
  event_ids text[], event_metadata bytea[], event_payloads bytea[],
  OUT base bigint, OUT at_epoch integer, OUT known integer[], OUT stale integer[]
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  at_ms bigint;
  events integer := cardinality(event_requests);
  refused integer[];
BEGIN
  UPDATE log.head h SET position = h.position + events, recorded_ms = greatest(h.recorded_ms, log.now_ms()) WHERE h.one
    RETURNING h.position - events, h.epoch, h.recorded_ms INTO base, at_epoch, at_ms;

  SELECT array_agg(k.nr::integer) INTO known
    FROM unnest(request_keys) WITH ORDINALITY k(request_key, nr) JOIN log.requests r ON r.request_key = k.request_key;
  IF cardinality(new_streams) > 0 THEN
    SELECT array_agg(n.request) INTO stale
      FROM unnest(new_streams, new_requests) n(stream_id, request) JOIN log.streams s ON s.stream_id = n.stream_id;
  END IF;
  IF cardinality(old_streams) > 0 THEN
    SELECT stale || array_agg(o.request) INTO stale
      FROM unnest(old_streams, old_expected, old_requests) o(stream_id, expected, request)
      LEFT JOIN log.streams s ON s.stream_id = o.stream_id WHERE s.version IS DISTINCT FROM o.expected;
  END IF;

  IF known IS NULL AND stale IS NULL THEN
    INSERT INTO log.requests (position, created_ms, epoch, request_key, fingerprint, versions)
      SELECT CASE WHEN r.events > 0 THEN base + sum(r.events) OVER (ORDER BY r.nr) END, at_ms, at_epoch, r.request_key, r.fingerprint, r.versions
      FROM unnest(request_keys, fingerprints, request_versions, request_events) WITH ORDINALITY r(request_key, fingerprint, versions, events, nr);
    INSERT INTO log.streams (version, stream_id) SELECT n.version, n.stream_id FROM unnest(new_streams, new_versions) n(stream_id, version);
    IF cardinality(old_streams) > 0 THEN
      UPDATE log.streams s SET version = o.version FROM unnest(old_streams, old_versions) o(stream_id, version) WHERE s.stream_id = o.stream_id;
    END IF;
    INSERT INTO log.events (position, recorded_ms, stream_version, epoch, schema_version, stream_id, type, event_id, metadata, payload)
      SELECT base + e.nr, at_ms, e.stream_version, at_epoch, e.schema_version, e.stream_id, e.type, e.event_id, e.metadata, e.payload
      FROM unnest(event_streams, event_stream_versions, event_types, event_schemas, event_ids, event_metadata, event_payloads)
        WITH ORDINALITY e(stream_id, stream_version, type, schema_version, event_id, metadata, payload, nr);
    RETURN;
  END IF;

  -- Some are refused: the others move up, so that positions stay dense.
  refused := coalesce(known, '{}') || coalesce(stale, '{}');
  INSERT INTO log.requests (position, created_ms, epoch, request_key, fingerprint, versions)
    SELECT CASE WHEN r.events > 0 THEN base + sum(r.events) OVER (ORDER BY r.nr) END, at_ms, at_epoch, r.request_key, r.fingerprint, r.versions
    FROM unnest(request_keys, fingerprints, request_versions, request_events) WITH ORDINALITY r(request_key, fingerprint, versions, events, nr)
    WHERE r.nr <> ALL (refused);
  INSERT INTO log.streams (version, stream_id)
    SELECT n.version, n.stream_id FROM unnest(new_streams, new_versions, new_requests) n(stream_id, version, request) WHERE n.request <> ALL (refused);
  UPDATE log.streams s SET version = o.version
    FROM unnest(old_streams, old_versions, old_requests) o(stream_id, version, request) WHERE s.stream_id = o.stream_id AND o.request <> ALL (refused);
  INSERT INTO log.events (position, recorded_ms, stream_version, epoch, schema_version, stream_id, type, event_id, metadata, payload)
    SELECT base + row_number() OVER (ORDER BY e.nr), at_ms, e.stream_version, at_epoch, e.schema_version, e.stream_id, e.type, e.event_id, e.metadata, e.payload
    FROM unnest(event_requests, event_streams, event_stream_versions, event_types, event_schemas, event_ids, event_metadata, event_payloads)
      WITH ORDINALITY e(request, stream_id, stream_version, type, schema_version, event_id, metadata, payload, nr)
    WHERE e.request <> ALL (refused);
  GET DIAGNOSTICS events = ROW_COUNT;
  UPDATE log.head h SET position = base + events WHERE h.one;
END $$;
`;

const GRANTS = `
SELECT log.ensure_partitions();
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT USAGE ON SCHEMA log TO centum_application;
GRANT SELECT ON log.migrations, log.identity TO centum_application;
GRANT SELECT, UPDATE (position, recorded_ms) ON log.head TO centum_application;
GRANT SELECT, INSERT, UPDATE (version) ON log.streams TO centum_application;
GRANT SELECT, INSERT ON log.requests, log.events TO centum_application;
GRANT EXECUTE ON FUNCTION log.ensure_partitions(), log.prune_requests(integer, integer), log.position_at(bigint),
  log.assert_appended(bigint), log.now_ms(), log.append_batch(text[], bytea[], text[], integer[], text[], bigint[], integer[],
  text[], bigint[], bigint[], integer[], integer[], text[], bigint[], text[], integer[], text[], bytea[], bytea[]) TO centum_application;
`;

export const eventLogMigration0001: Migration = { name: '0001-event-log', sql: [TABLES, MAINTENANCE, APPEND_BATCH, GRANTS].join('\n') };
