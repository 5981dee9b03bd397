// The Content API, v1 and v2: the account's own templates. The sandbox's three belong to Twilio and are not listed.
import type { Content } from "./contents.ts";
import { twilioError } from "./errors.ts";
import { type ApiAnswer, type ApiHandler, boundedInteger } from "./http.ts";
import { approvalResource, contentResource, contentWithApproval } from "./serialize.ts";

type Serialize = (content: Content, accountSid: string) => unknown;

export const listContents = contentList(contentResource);
export const listContentsAndApprovals = contentList(contentWithApproval);
export const fetchContent = contentFetch(contentResource);
export const fetchApproval = contentFetch(approvalResource);

function contentList(serialize: Serialize): ApiHandler {
  return (simulator, { path, query, origin }): ApiAnswer => {
    const pageSize = boundedInteger(query.get("PageSize"), 50, { min: 1, max: 1000 });
    const page = boundedInteger(query.get("Page"), 0, { min: 0, max: 1_000_000 });
    const contents = [...simulator.store.contents.values()].filter(
      (content) => content.owner === "account" && matches(content, query),
    );
    const url = (number: number) => {
      const next = new URLSearchParams(query);
      next.set("PageSize", String(pageSize));
      next.set("Page", String(number));
      return `${origin}${path}?${next}`;
    };
    const json = {
      contents: contents
        .slice(page * pageSize, (page + 1) * pageSize)
        .map((content) => serialize(content, simulator.settings().accountSid)),
      meta: {
        page,
        page_size: pageSize,
        first_page_url: url(0),
        previous_page_url: page > 0 ? url(page - 1) : null,
        url: url(page),
        next_page_url: (page + 1) * pageSize < contents.length ? url(page + 1) : null,
        key: "contents",
      },
    };
    return { status: 200, json };
  };
}

function contentFetch(serialize: Serialize): ApiHandler {
  return (simulator, { path, sid }): ApiAnswer => {
    const content = simulator.store.contents.get(sid);
    if (content?.owner === "account")
      return { status: 200, json: serialize(content, simulator.settings().accountSid) };
    const body = twilioError(20404, { message: `The requested resource ${path} was not found` });
    return { status: body.status, json: body };
  };
}

/** The filters of v2; a repeated one means any of its values. */
function matches(content: Content, query: URLSearchParams): boolean {
  const among = (filter: string, values: string[]) => {
    const wanted = query.getAll(filter);
    return wanted.length === 0 || wanted.some((value) => values.includes(value));
  };
  const name = query.get("ContentName");
  return (
    among("Language", [content.language]) &&
    among("ContentType", Object.keys(content.types)) &&
    among("ChannelEligibility", [`whatsapp:${content.approval}`]) &&
    (name === null || content.friendlyName.includes(name))
  );
}
