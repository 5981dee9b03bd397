// The previous system's schema, as far as it is known by.
const id = "integer";
const text = "texte";
const time = "timestamp";
const flag = "boolean";
const times = { created_at: time, updated_at: time };

/** The previous system's tables with the kinds of their columns. Others beside them are left alone. */
export const previousTables: Record<string, Record<string, string>> = {
  users: { id, email: text, password_hash: text, role: text, is_active: flag, ...times },
  categories: { id, name: text, color: text, created_by: id, ...times },
  contacts: {
    id,
    phone_number: text,
    country_code: text,
    full_number: text,
    first_name: text,
    last_name: text,
    whatsapp_verified: flag,
    verified_at: time,
    created_by: id,
    ...times,
  },
  category_contacts: { id, category_id: id, contact_id: id, added_at: time },
  campaigns: {
    id,
    name: text,
    message_1: text,
    message_2: text,
    template_name: text,
    status: text,
    total_recipients: id,
    sent_count: id,
    success_count: id,
    failed_count: id,
    interaction_count: id,
    created_by: id,
    ...times,
  },
  campaign_categories: { id, campaign_id: id, category_id: id },
  messages: {
    id,
    campaign_id: id,
    contact_id: id,
    message_type: text,
    content: text,
    status: text,
    whatsapp_message_id: text,
    error_message: text,
    retry_count: id,
    sent_at: time,
    delivered_at: time,
    read_at: time,
    ...times,
  },
  interactions: {
    id,
    campaign_id: id,
    contact_id: id,
    message_id: id,
    interaction_type: text,
    content: text,
    whatsapp_message_id: text,
    received_at: time,
  },
};

export const previousTableNames = Object.keys(previousTables);

/** What is unique there, and has to be: our writes lean on it. */
export const previousKeys = [
  ["users", "email"],
  ["contacts", "full_number"],
  ["category_contacts", "category_id,contact_id"],
  ["campaign_categories", "campaign_id,category_id"],
] as const;

/** PostgreSQL's names in ours: which of the texts it is makes no difference. */
export const typeNames: Record<string, string> = {
  int4: id,
  varchar: text,
  text,
  bool: flag,
  timestamp: time,
};
