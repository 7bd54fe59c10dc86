-- Passwords that are good for one sign-in, logins that can be ended before their time, and finding a person again.

ALTER TABLE account
    ADD COLUMN password_one_time boolean NOT NULL DEFAULT false,
    -- stands in each login token; raising it ends every login made before
    ADD COLUMN login_series integer NOT NULL DEFAULT 0 CHECK (login_series >= 0);

CREATE INDEX candidate_email ON candidate (lower(email));
CREATE INDEX resume_sha256 ON resume (sha256);
