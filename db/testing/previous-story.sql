-- Rows on top of previous-system.sql, with every blemish such a database was found to have: 530 contacts more and what was
-- sent to them. Numbers of the range +33 6 39 98; the k-th contact made here has id 3 + k.
insert into users (email, password_hash, role, is_active) values
  ('Ancienne.Admin@exemple.fr', '$2b$12$8L8KD5drXGOG5cT/MJqeg.gD6lDIODort2OJTT7GlbxWGnHN4mdOK', 'admin', true),
  ('parti@exemple.fr', '$2b$12$8L8KD5drXGOG5cT/MJqeg.gD6lDIODort2OJTT7GlbxWGnHN4mdOK', 'admin', false);

insert into contacts (phone_number, country_code, full_number, first_name, last_name, whatsapp_verified, verified_at, created_by)
select '63998' || digits, case when k % 5 = 0 then '33' else '+33' end,
  case k % 7
    when 0 then '3363998' || digits
    when 1 then '+33 6 39 98 ' || left(digits, 2) || ' ' || right(digits, 2)
    when 2 then '063998' || digits
    else '+3363998' || digits
  end,
  case when k % 3 > 0 then 'Prénom' || k end, case when k % 3 > 0 then 'Nom' || k end,
  case k % 4 when 0 then true when 1 then false end, case when k % 4 = 0 then timestamp '2025-03-01 10:00' end,
  case when k % 10 = 0 then null else 2 + k % 2 end
from generate_series(1, 515) k, lateral (select lpad(k::text, 4, '0') as digits) d;

-- Ids 519 to 523: no numbers. 524 to 528: an earlier contact in another spelling. 529 to 533: as well, written right
-- while the earlier one is not.
insert into contacts (phone_number, country_code, full_number, first_name, created_by) values
  ('12', '+33', '+3312', 'Court', 2), ('', '+33', 'inconnu', 'Lettres', 2), ('0000000000', '+33', '0000000000', null, 3),
  ('612345678', '+33', '+33612345678 poste 4', 'Poste', 2), ('447911123456', '+49', '447911123456', 'Ambigu', null);
insert into contacts (phone_number, country_code, full_number, first_name, created_by)
select '63998' || lpad(k::text, 4, '0'), '+33', '+33-6-39-98-' || lpad(k::text, 4, '0'), 'Encore' || k, 3
from unnest(array[3, 4, 5, 6, 10]) k
union all
select '63998' || lpad(k::text, 4, '0'), '+33', '+3363998' || lpad(k::text, 4, '0'), 'Encore' || k, 2
from unnest(array[7, 8, 9, 14, 15]) k;

insert into categories (name, color, created_by)
select 'Catégorie ' || k, '#00aa55', case when k = 4 then null else 2 + k % 2 end from generate_series(1, 4) k;
insert into category_contacts (category_id, contact_id)
select 2 + c.id % 4, c.id from contacts c where c.id > 3 union all select 2, c.id from contacts c where c.id > 3 and c.id % 4 > 0;

-- 4 and 5: what a dead worker left. 6: called completed, and is not. 7: is. 8: nobody's. 9: a draft with rows.
insert into campaigns (name, message_1, message_2, template_name, status, total_recipients, sent_count, success_count,
  failed_count, interaction_count, created_by, created_at) values
  ('Soldes', 'Bonjour', 'Merci', 'soldes', 'sending', 400, 12, 900, -3, 0, 2, '2025-06-01'),
  ('Rentrée', 'Bonjour', null, null, 'sending', null, null, null, null, null, 3, '2025-07-01'),
  ('Presque finie', 'Bonjour', 'Merci', 'a', 'completed', 100, 100, 100, 0, 7, 2, '2025-08-01'),
  ('Finie aussi', 'Bonjour', 'Merci', 'a', 'completed', 515, 515, 0, 0, 0, 3, '2025-09-01'),
  ('À personne', 'Bonjour', null, 'a', 'failed', 20, 0, 0, 20, 0, null, '2025-09-02'),
  ('Jamais partie', 'Bonjour', null, 'a', 'draft', 5, 0, 0, 0, 0, 2, '2025-09-03');
insert into campaign_categories (campaign_id, category_id) select c, 2 + c % 4 from generate_series(4, 9) c;

insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id, error_message,
  retry_count, sent_at, delivered_at, read_at, created_at)
select c, k + 3, 'message_1', 'Bonjour ' || k, status,
  case when status in ('sent', 'delivered', 'read') then
    case k % 3 when 0 then 'gBEGVz' when 1 then 'wamid.HBg' else 'SM' end || md5(c || ':' || k / 6) end,
  case when status = 'failed' then 'Message undeliverable' end, case when status = 'failed' then 3 else 0 end,
  case when status in ('sent', 'delivered', 'read') then at end,
  case when status in ('delivered', 'read') then at + interval '1 minute' end,
  case when status = 'read' then at + interval '1 hour' end, at
from generate_series(4, 9) c, generate_series(1, 515) k, lateral (select
    timestamp '2025-06-01' + c * interval '1 month' as at,
    case when c = 8 then 'failed' when c = 9 then 'pending'
      else (array['sent', 'delivered', 'read', 'failed', case when c = 7 then 'read' else 'pending' end])[1 + k % 5] end as status) s
where (c <> 9 or k <= 5) and (c <> 8 or k <= 20);
-- Somebody twice: the same contact, sent or not, and one person under two spellings.
insert into messages (campaign_id, contact_id, message_type, content, status)
select 4, contact_id, 'message_1', 'Bonjour encore', case when contact_id % 2 = 0 then 'pending' end
from messages where campaign_id = 4 and contact_id between 20 and 29
union all select 4, id, 'message_1', 'Bonjour encore', 'pending' from contacts where id between 524 and 533;
insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id, sent_at)
select 7, k, 'message_2', 'Merci', case when k % 2 = 0 then 'delivered' else 'pending' end,
  case when k % 2 = 0 then 'SM' || md5(k::text) end, case when k % 2 = 0 then timestamp '2026-01-02' end
from generate_series(100, 139) k;
insert into interactions (campaign_id, contact_id, message_id, interaction_type, content, whatsapp_message_id, received_at)
select m.campaign_id, m.contact_id, m.id, (array['reply', 'read', 'delivered', 'reaction'])[1 + m.id % 4],
  case m.id % 8 when 4 then 'join paper-plane' when 0 then 'Oui' end, 'wamid.' || m.id / 3, m.created_at + interval '2 hours'
from messages m where m.campaign_id in (4, 6, 7) and m.id % 2 = 0;
