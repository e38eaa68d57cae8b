-- The gate, as the database holds it: what follows is true whatever the code above forgets.
-- Refusals carry MW403 (not allowed), MW409 (not now), MW410 (expired) and MW423 (never changes) as SQLSTATE.

-- How many people have approved exactly this input, as far as they were and are allowed to.
CREATE FUNCTION valid_approvals(asked proposals) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(DISTINCT d.person)
  FROM decisions d
  JOIN people p ON p.tenant = d.tenant AND p.id = d.person AND p.active
  JOIN roles r ON r.tenant = d.tenant AND r.person = d.person AND r.role = asked.approver_role
  WHERE d.tenant = asked.tenant AND d.proposal = asked.id AND d.digest = asked.digest
    AND d.verdict = 'approve' AND d.person <> asked.requester AND d.created_at < asked.expires_at
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes: % refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'MW423';
END $$;
--> statement-breakpoint
CREATE FUNCTION guard_new_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'pending' OR NEW.attempts <> 0 OR NEW.executor IS NOT NULL OR NEW.receipt IS NOT NULL THEN
    RAISE EXCEPTION 'proposal % must begin as pending', NEW.id USING ERRCODE = 'MW409';
  END IF;
  IF NEW.quorum < 1 OR NEW.digest !~ '^[0-9a-f]{64}$' THEN
    RAISE EXCEPTION 'proposal % needs a quorum of at least one and a SHA-256 digest', NEW.id USING ERRCODE = 'MW409';
  END IF;
  NEW.created_at := clock_timestamp();
  NEW.updated_at := NEW.created_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER proposals_begin BEFORE INSERT ON proposals
  FOR EACH ROW EXECUTE FUNCTION guard_new_proposal();
--> statement-breakpoint
CREATE FUNCTION guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.tenant, NEW.thread, NEW.turn, NEW.tool, NEW.tool_version, NEW.risk, NEW.input, NEW.digest,
      NEW.summary, NEW.preview, NEW.requester, NEW.policy, NEW.quorum, NEW.approver_role, NEW.expires_at,
      NEW.undoes, NEW.idempotency_key, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.tenant, OLD.thread, OLD.turn, OLD.tool, OLD.tool_version, OLD.risk, OLD.input, OLD.digest,
      OLD.summary, OLD.preview, OLD.requester, OLD.policy, OLD.quorum, OLD.approver_role, OLD.expires_at,
      OLD.undoes, OLD.idempotency_key, OLD.created_at)
  THEN
    RAISE EXCEPTION 'what proposal % asks for never changes', OLD.id USING ERRCODE = 'MW423';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('pending', 'approved'), ('pending', 'rejected'), ('pending', 'expired'), ('pending', 'superseded'),
      ('approved', 'executing'), ('approved', 'superseded'),
      ('executing', 'executed'), ('executing', 'failed'), ('executing', 'in-doubt'),
      ('in-doubt', 'executed'), ('in-doubt', 'failed'), ('in-doubt', 'executing'),
      ('executed', 'undone'))
  THEN
    RAISE EXCEPTION 'proposal % cannot go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'MW409';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state IN ('approved', 'executing')
     AND valid_approvals(NEW) < NEW.quorum
  THEN
    RAISE EXCEPTION 'proposal % lacks % valid approval(s) of digest %', OLD.id, NEW.quorum, NEW.digest
      USING ERRCODE = 'MW403';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state = 'executing' AND OLD.state = 'in-doubt' AND NEW.risk <> 'write' THEN
    RAISE EXCEPTION 'proposal % is % and is never tried again', OLD.id, NEW.risk USING ERRCODE = 'MW409';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state = 'rejected' AND NOT EXISTS (
    SELECT FROM decisions d WHERE d.proposal = NEW.id AND d.digest = NEW.digest AND d.verdict = 'reject')
  THEN
    RAISE EXCEPTION 'proposal % was rejected by nobody', OLD.id USING ERRCODE = 'MW403';
  END IF;
  IF NEW.attempts < OLD.attempts OR (OLD.receipt IS NOT NULL AND NEW.receipt IS DISTINCT FROM OLD.receipt) THEN
    RAISE EXCEPTION 'the record of proposal % never changes', OLD.id USING ERRCODE = 'MW423';
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER proposals_guard BEFORE UPDATE ON proposals
  FOR EACH ROW EXECUTE FUNCTION guard_proposal();
--> statement-breakpoint
CREATE TRIGGER proposals_stay BEFORE DELETE ON proposals
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER proposals_kept BEFORE TRUNCATE ON proposals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A decision is taken while its proposal waits, by somebody who may, on the input as it is. The row lock makes
-- decisions on one proposal come one after the other.
CREATE FUNCTION guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked proposals;
BEGIN
  SELECT * INTO asked FROM proposals WHERE id = NEW.proposal AND tenant = NEW.tenant FOR UPDATE;
  NEW.created_at := clock_timestamp();
  IF asked.id IS NULL THEN
    RAISE EXCEPTION 'no proposal % in tenant %', NEW.proposal, NEW.tenant USING ERRCODE = 'MW409';
  ELSIF asked.digest <> NEW.digest THEN
    RAISE EXCEPTION 'proposal % has another digest', NEW.proposal USING ERRCODE = 'MW409';
  ELSIF asked.state <> 'pending' THEN
    RAISE EXCEPTION 'proposal % is %', NEW.proposal, asked.state USING ERRCODE = 'MW409';
  ELSIF asked.expires_at <= NEW.created_at THEN
    RAISE EXCEPTION 'proposal % expired', NEW.proposal USING ERRCODE = 'MW410';
  ELSIF asked.requester = NEW.person OR NOT EXISTS (
    SELECT FROM people p JOIN roles r ON r.tenant = p.tenant AND r.person = p.id
    WHERE p.tenant = NEW.tenant AND p.id = NEW.person AND p.active AND r.role = asked.approver_role)
  THEN
    RAISE EXCEPTION '% may not decide proposal %', NEW.person, NEW.proposal USING ERRCODE = 'MW403';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_guard BEFORE INSERT ON decisions
  FOR EACH ROW EXECUTE FUNCTION guard_decision();
--> statement-breakpoint
CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE ON decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER decisions_kept BEFORE TRUNCATE ON decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last ledger;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger:' || NEW.tenant, 0));
  SELECT * INTO last FROM ledger WHERE tenant = NEW.tenant ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.previous <> coalesce(last.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'ledger entry % does not follow entry %', NEW.seq, coalesce(last.seq, 0) USING ERRCODE = 'MW409';
  END IF;
  IF NEW.hash !~ '^[0-9a-f]{64}$' THEN
    RAISE EXCEPTION 'ledger entry % needs a SHA-256 hash', NEW.seq USING ERRCODE = 'MW409';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_guard BEFORE INSERT ON ledger
  FOR EACH ROW EXECUTE FUNCTION guard_ledger();
--> statement-breakpoint
CREATE FUNCTION advance_ledger_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_heads (tenant, seq, hash) VALUES (NEW.tenant, NEW.seq, NEW.hash)
  ON CONFLICT (tenant) DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_advance AFTER INSERT ON ledger
  FOR EACH ROW EXECUTE FUNCTION advance_ledger_head();
--> statement-breakpoint
CREATE TRIGGER ledger_stay BEFORE UPDATE OR DELETE ON ledger
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_kept BEFORE TRUNCATE ON ledger
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION guard_ledger_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.seq <> OLD.seq + 1 THEN
    RAISE EXCEPTION 'the ledger''s head moves one entry at a time' USING ERRCODE = 'MW423';
  END IF;
  IF NOT EXISTS (SELECT FROM ledger l WHERE l.tenant = NEW.tenant AND l.seq = NEW.seq AND l.hash = NEW.hash) THEN
    RAISE EXCEPTION 'the ledger''s head is one of its entries' USING ERRCODE = 'MW423';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_heads_guard BEFORE INSERT OR UPDATE ON ledger_heads
  FOR EACH ROW EXECUTE FUNCTION guard_ledger_head();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_stay BEFORE DELETE ON ledger_heads
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_kept BEFORE TRUNCATE ON ledger_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
