ALTER TABLE "proposals" ADD COLUMN "zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
-- As in 0002, with the zone among what never changes.
CREATE OR REPLACE FUNCTION guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.tenant, NEW.thread, NEW.turn, NEW.tool, NEW.tool_version, NEW.risk, NEW.input, NEW.digest,
      NEW.zone, NEW.summary, NEW.preview, NEW.requester, NEW.policy, NEW.quorum, NEW.approver_role, NEW.expires_at,
      NEW.undoes, NEW.idempotency_key, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.tenant, OLD.thread, OLD.turn, OLD.tool, OLD.tool_version, OLD.risk, OLD.input, OLD.digest,
      OLD.zone, OLD.summary, OLD.preview, OLD.requester, OLD.policy, OLD.quorum, OLD.approver_role, OLD.expires_at,
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
