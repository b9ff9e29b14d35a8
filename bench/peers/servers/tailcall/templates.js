// Run by Tailcall on the body of each template: the map of roles becomes a list.
// oxlint-disable-next-line no-unused-vars -- Tailcall calls it by its name.
function withListOfRoles(body) {
  const template = JSON.parse(body);
  template.roles = Object.values(template.roles);
  return JSON.stringify(template);
}
