-- The runner of playbooks has a role of its own. Who does not own these tables adds to the audit trail only what that
-- runner has to say; what else it may do is given to its role by name (coordinator migrate).
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_read ON audit_entry FOR SELECT USING (true);
CREATE POLICY audit_entry_of_the_runner ON audit_entry FOR INSERT WITH CHECK (
    actor_id IS NULL AND actor_role = 'system' AND action = 'playbook.end' AND subject LIKE 'playbook_run:%'
);
