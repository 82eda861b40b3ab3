// A token in the address's fragment (#token=…) goes into the headers pane; fragments are never sent to a server.
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const query = `# Bảy Rõ: dán mã truy cập vào Headers / paste a token into Headers: {"Authorization": "Bearer …"}
{
  programmes(first: 3) {
    nodes {
      title
      owner { name }
      tasks(first: 5) { nodes { number title dueOn timeliness lead { name } } }
    }
  }
}
`;
ReactDOM.createRoot(document.getElementById("page")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: query,
    defaultHeaders: token ? JSON.stringify({ Authorization: `Bearer ${token}` }) : undefined,
    shouldPersistHeaders: false,
  }),
);
