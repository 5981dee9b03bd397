-- The previous system's database as Supabase holds it, with the rows such a database has (a fixture of tests).
create schema auth;
-- what PostgREST says of whoever asks
create function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
create table users (
  id serial primary key, email varchar(255) unique not null, password_hash varchar(255) not null,
  role varchar(50) not null check (role in ('super_admin', 'admin')), is_active boolean default true,
  created_at timestamp default current_timestamp, updated_at timestamp default current_timestamp);
create table categories (
  id serial primary key, name varchar(255) not null, color varchar(50),
  created_by integer references users(id) on delete set null,
  created_at timestamp default current_timestamp, updated_at timestamp default current_timestamp);
create table contacts (
  id serial primary key, phone_number varchar(20) not null, country_code varchar(5) not null,
  full_number varchar(25) unique not null, first_name varchar(100), last_name varchar(100),
  whatsapp_verified boolean, verified_at timestamp, created_by integer references users(id) on delete set null,
  created_at timestamp default current_timestamp, updated_at timestamp default current_timestamp);
create table category_contacts (
  id serial primary key, category_id integer references categories(id) on delete cascade,
  contact_id integer references contacts(id) on delete cascade,
  added_at timestamp default current_timestamp, unique (category_id, contact_id));
create table campaigns (
  id serial primary key, name varchar(255) not null, message_1 text not null, message_2 text,
  template_name varchar(100),
  status varchar(50) default 'draft' check (status in ('draft', 'sending', 'completed', 'failed')),
  total_recipients integer default 0, sent_count integer default 0, success_count integer default 0,
  failed_count integer default 0, interaction_count integer default 0,
  created_by integer references users(id) on delete set null,
  created_at timestamp default current_timestamp, updated_at timestamp default current_timestamp);
create table campaign_categories (
  id serial primary key, campaign_id integer references campaigns(id) on delete cascade,
  category_id integer references categories(id) on delete cascade, unique (campaign_id, category_id));
create table messages (
  id serial primary key, campaign_id integer references campaigns(id) on delete cascade,
  contact_id integer references contacts(id) on delete cascade,
  message_type varchar(20) check (message_type in ('message_1', 'message_2')), content text not null,
  status varchar(50) default 'pending' constraint some_older_name
    check (status in ('pending', 'sent', 'delivered', 'read', 'failed')),
  whatsapp_message_id varchar(255), error_message text, retry_count integer default 0,
  sent_at timestamp, delivered_at timestamp, read_at timestamp,
  created_at timestamp default current_timestamp, updated_at timestamp default current_timestamp);
create table interactions (
  id serial primary key, campaign_id integer references campaigns(id) on delete cascade,
  contact_id integer references contacts(id) on delete cascade,
  message_id integer references messages(id) on delete set null,
  interaction_type varchar(50) check (interaction_type in ('reply', 'reaction', 'read', 'delivered')),
  content text, whatsapp_message_id varchar(255), received_at timestamp default current_timestamp);
create function update_updated_at_column() returns trigger language plpgsql as $$
begin new.updated_at = current_timestamp; return new; end $$;
create trigger update_users_updated_at before update on users
  for each row execute function update_updated_at_column();
create trigger update_categories_updated_at before update on categories
  for each row execute function update_updated_at_column();
create trigger update_contacts_updated_at before update on contacts
  for each row execute function update_updated_at_column();
create trigger update_campaigns_updated_at before update on campaigns
  for each row execute function update_updated_at_column();
create trigger an_older_name before update on messages
  for each row execute function update_updated_at_column();
create index idx_users_email on users(email);
create index idx_users_role on users(role);
create index idx_categories_created_by on categories(created_by);
create index idx_contacts_full_number on contacts(full_number);
create index idx_contacts_created_by on contacts(created_by);
create index idx_contacts_whatsapp_verified on contacts(whatsapp_verified);
create index idx_category_contacts_category_id on category_contacts(category_id);
create index idx_category_contacts_contact_id on category_contacts(contact_id);
create index idx_campaigns_created_by on campaigns(created_by);
create index idx_campaigns_status on campaigns(status);
create index idx_campaign_categories_campaign_id on campaign_categories(campaign_id);
create index idx_campaign_categories_category_id on campaign_categories(category_id);
create index idx_messages_campaign_id on messages(campaign_id);
create index idx_messages_contact_id on messages(contact_id);
create index idx_messages_status on messages(status);
create index idx_messages_whatsapp_id on messages(whatsapp_message_id);
create index idx_interactions_campaign_id on interactions(campaign_id);
create index idx_interactions_contact_id on interactions(contact_id);
create index idx_interactions_message_id on interactions(message_id);
create index idx_interactions_type on interactions(interaction_type);
alter table users enable row level security;
alter table categories enable row level security;
alter table contacts enable row level security;
alter table campaigns enable row level security;
alter table messages enable row level security;
alter table interactions enable row level security;
create policy "own contacts" on contacts for all
  using (created_by = (auth.jwt() ->> 'user_id')::integer or auth.jwt() ->> 'role' = 'super_admin');
create policy "everybody reads" on campaigns for select using (true);

insert into users (email, password_hash, role) values
  ('chef@exemple.fr', '$2b$12$abcdefghijklmnopqrstuu', 'super_admin'), ('admin@exemple.fr', '$2b$12$x', 'admin');
insert into contacts (phone_number, country_code, full_number, first_name, created_by) values
  ('612345678', '+33', '+33612345678', 'Zoé', 2), ('698765432', '33', '33698765432', null, null),
  ('6 11 22 33 44', '+33', '+33 6 11 22 33 44', null, 2);
insert into categories (name, color, created_by) values ('Clients', '#ff0000', 2);
insert into category_contacts (category_id, contact_id) values (1, 1), (1, 2), (1, 3);
insert into campaigns (name, message_1, message_2, status, sent_count, total_recipients, created_by) values
  ('En cours', 'Bonjour', 'Merci', 'sending', 99, 3, 2), ('Finie', 'Bonjour', null, 'completed', 1, 1, null),
  ('Brouillon', 'Bonjour', 'Merci', 'draft', 0, 0, 2);
insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id) values
  (1, 1, 'message_1', 'Bonjour', 'sent', 'gBEGVz123'), (1, 2, 'message_1', 'Bonjour', 'pending', null),
  (1, 3, 'message_1', 'Bonjour', 'pending', null), (2, 1, 'message_1', 'Bonjour', 'read', 'wamid.abc'),
  (2, 1, 'message_2', 'Merci', 'delivered', 'SM0123');
insert into interactions (campaign_id, contact_id, message_id, interaction_type, content, whatsapp_message_id) values
  (1, 1, 1, 'reply', 'oui', 'wamid.1'), (1, 1, 1, 'read', null, 'wamid.1');
